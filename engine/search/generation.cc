#include "search/generation.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/bytes.h"
#include "base/disk.h"
#include "base/error.h"

namespace vermilion::search {
namespace {

namespace fs = std::filesystem;

constexpr const char* pointer = "current";

// The number in "g17"; nothing for any other name, so that `current` can never lead out of the
// folder.
std::optional<unsigned> number_of(std::string_view name) {
  unsigned number = 0;
  if (name.size() < 2 || name[0] != 'g') return std::nullopt;
  const auto* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + 1, end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

bool has_current(const fs::path& folder) { return SystemDisk().exists(folder / pointer); }

std::optional<std::string> current_generation(const fs::path& folder) {
  SystemDisk disk;
  if (!disk.exists(folder / pointer)) return std::nullopt;
  auto name = disk.read_all(folder / pointer);
  if (!name.empty() && name.back() == '\n') name.pop_back();
  return number_of(name) ? std::optional(name) : std::nullopt;
}

std::string next_generation(const fs::path& folder) {
  unsigned highest = 0;
  for (const auto& name : SystemDisk().list(folder)) {
    highest = std::max(highest, number_of(name).value_or(0));
  }
  return "g" + std::to_string(highest + 1);
}

void make_current(const fs::path& folder, const std::string& name) {
  SystemDisk disk;
  disk.sync_directory(folder);
  disk.replace(folder / pointer, name + "\n");
}

void remove_others(const fs::path& folder, const std::string& keep) {
  for (const auto& name : SystemDisk().list(folder)) {
    std::error_code ignored;
    if (name != keep && number_of(name)) fs::remove_all(folder / name, ignored);
  }
}

}  // namespace vermilion::search
