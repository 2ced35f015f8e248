#include "service/disk_use.h"

#include "base/error.h"

namespace vermilion::service {
namespace {

namespace fs = std::filesystem;

// A file may go while it is counted: then it takes nothing.
std::uintmax_t size_of(const fs::directory_entry& entry) {
  std::error_code gone;
  if (!entry.is_regular_file(gone) || gone) return 0;
  const auto size = entry.file_size(gone);
  return gone ? 0 : size;
}

std::uintmax_t size_below(const Path& path) {
  std::error_code gone;
  std::uintmax_t sum = size_of(fs::directory_entry(path));
  for (auto at = fs::recursive_directory_iterator(path, gone);
       !gone && at != fs::recursive_directory_iterator(); at.increment(gone))
    sum += size_of(*at);
  return sum;
}

}  // namespace

Json disk_use(const Path& store) try {
  Json used = Json::object();
  for (const auto& part : fs::directory_iterator(store)) {
    if (part.is_directory() || part.path().extension() == ".db")
      used[part.path().filename().string()] = size_below(part.path());
  }
  return {{"used", used}, {"free", fs::space(store).available}};
} catch (const fs::filesystem_error& error) {
  throw Error(Failure::unavailable, "disk-error",
              {std::string("無法量測磁碟用量：") + error.what(),
               std::string("the use of the disk cannot be measured: ") + error.what()});
}

}  // namespace vermilion::service
