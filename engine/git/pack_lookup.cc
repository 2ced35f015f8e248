#include "git/pack_lookup.h"

#include <optional>

#include "base/error.h"

namespace vermilion::git {
namespace {

constexpr std::uint64_t kFanout = 8;
constexpr std::uint64_t kIds = kFanout + 256 * 4;

// A big-endian number of 32 bits; nothing beyond the end of the file.
std::optional<std::uint64_t> number_at(File& index, std::uint64_t offset) {
  const auto bytes = index.read(offset, 4);
  if (bytes.size() < 4) return std::nullopt;
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

bool lists(File& index, const ObjectId& id) {
  const std::string_view wanted(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
  const auto bucket = static_cast<std::uint64_t>(id.bytes[0]);
  auto low =
      bucket == 0 ? std::optional<std::uint64_t>(0) : number_at(index, kFanout + 4 * (bucket - 1));
  auto high = number_at(index, kFanout + 4 * bucket);
  if (index.read(0, kFanout) != std::string_view("\377tOc\0\0\0\2", kFanout) || !low || !high)
    return true;
  while (*low < *high) {
    const auto middle = *low + (*high - *low) / 2;
    const auto found = index.read(kIds + 20 * middle, 20);
    if (found.size() < 20 || found == wanted) return true;
    if (found < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return false;
}

}  // namespace

bool is_listed(Disk& disk, const Path& pack_folder, const ObjectId& id) {
  for (const auto& name : disk.list(pack_folder)) {
    if (!name.ends_with(".idx")) continue;
    try {
      if (lists(*disk.open(pack_folder / name, Open::existing), id)) return true;
    } catch (const Error& error) {
      if (error.failure() != Failure::not_found) throw;  // maintenance removed it meanwhile
    }
  }
  return false;
}

}  // namespace vermilion::git
