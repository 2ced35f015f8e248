#include "search/integrity.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/disk.h"

namespace vermilion::search {
namespace {

namespace fs = std::filesystem;

constexpr const char* sums_name = "sums";
constexpr const char* lock_name = "flintlock";  // Xapian's own; empty, and made by any writer

// Each step is a bijection of the state, so that no change of one word can go unseen. Against
// accidents only: whoever can write here can write the sums too.
std::uint64_t add(std::uint64_t state, std::string_view bytes) {
  constexpr std::uint64_t factor = 0x9E3779B97F4A7C15;
  for (std::size_t i = 0; i < bytes.size(); i += sizeof state) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, std::min(sizeof word, bytes.size() - i));
    state = std::rotl(state ^ word, 29) * factor;
  }
  return state;
}

std::string sum_line(Disk& disk, const fs::path& path) {
  constexpr std::size_t piece = 1 << 20;
  const auto file = disk.open(path, Open::existing);
  const auto size = file->size();
  std::uint64_t state = size;
  for (std::uint64_t at = 0; at < size; at += piece) state = add(state, file->read(at, piece));
  return fmt::format("{} {} {:016x}\n", path.filename().string(), size, state);
}

std::string sums_of(Disk& disk, const fs::path& generation) {
  std::string result;
  for (const auto& name : disk.list(generation)) {
    if (name != sums_name && name != lock_name) result += sum_line(disk, generation / name);
  }
  return result;
}

}  // namespace

void write_sums(const fs::path& generation) {
  SystemDisk disk;
  disk.replace(generation / sums_name, sums_of(disk, generation));
}

bool sums_match(const fs::path& generation) {
  SystemDisk disk;
  if (!disk.exists(generation / sums_name)) return false;
  return disk.read_all(generation / sums_name) == sums_of(disk, generation);
}

}  // namespace vermilion::search
