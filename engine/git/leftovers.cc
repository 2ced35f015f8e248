#include "git/leftovers.h"

#include <chrono>

#include "git/ref_lock.h"

namespace vermilion::git {
namespace {

constexpr auto kUntouched = std::chrono::hours(1);

bool is_left(const Path& file) {
  const auto name = file.filename().string();
  if (name.ends_with(".vermilion-new")) return true;
  if (name.ends_with(".lock")) return is_stale_lock(file);
  for (const char* anothers : {"tmp_", ".tmp-", "pack_git2_"}) {
    if (name.starts_with(anothers)) return is_abandoned(file);
  }
  return false;
}

// A quarantine of objects is a folder.
void remove(Disk& disk, const Path& path) {
  if (std::filesystem::is_directory(path)) {
    std::filesystem::remove_all(path);
  } else {
    disk.remove(path);
  }
}

void sweep(Disk& disk, const Path& folder) {
  if (!disk.exists(folder)) return;
  for (const auto& name : disk.list(folder)) {
    if (is_left(folder / name)) remove(disk, folder / name);
  }
}

}  // namespace

bool is_abandoned(const Path& file) {
  std::error_code error;
  const auto touched = std::filesystem::last_write_time(file, error);
  return !error && std::filesystem::file_time_type::clock::now() - touched > kUntouched;
}

void remove_leftovers(Disk& disk, const Path& repository) {
  const auto objects = repository / "objects";
  for (const auto& folder : {repository, objects, objects / "pack"}) sweep(disk, folder);
  for (const auto& name : disk.list(objects)) {
    if (name.size() == 2) sweep(disk, objects / name);
  }
}

}  // namespace vermilion::git
