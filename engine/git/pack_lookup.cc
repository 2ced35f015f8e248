#include "git/pack_lookup.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "git/pack.h"
#include "git/pack_bytes.h"

namespace vermilion::git {
namespace {

constexpr std::uint64_t kFanout = 8;
constexpr std::size_t kChunk = 1 << 20;

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

bool any_lists(Disk& disk, const Path& pack_folder, const std::vector<std::string>& files,
               const ObjectId& id) {
  for (const auto& name : files) {
    if (!name.ends_with(".idx")) continue;
    try {
      if (lists(*disk.open(pack_folder / name, Open::existing), id)) return true;
    } catch (const Error& error) {
      if (error.failure() != Failure::not_found) throw;  // maintenance removed it meanwhile
    }
  }
  return false;
}

}  // namespace

// Packs that were merged while we looked: then the object may lie in one that was not there before.
bool is_listed(Disk& disk, const Path& pack_folder, const ObjectId& id) {
  for (auto files = disk.list(pack_folder);;) {
    if (any_lists(disk, pack_folder, files, id)) return true;
    auto now = disk.list(pack_folder);
    if (now == files) return false;
    files = std::move(now);
  }
}

bool is_index_name(std::string_view file) {
  return file.starts_with("pack-") && file.ends_with(".idx");
}

std::uint64_t listed_objects(File& index) { return number_at(index, kIds - 4).value_or(0); }

bool closes_rightly(File& pack, const Bytes& expected) {
  const auto size = pack.size();
  if (size < 12 + kChecksum) return false;
  Sha1 sha1;
  const auto body = size - kChecksum;
  for (std::uint64_t at = 0; at < body;) {
    const auto chunk =
        pack.read(at, static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, body - at)));
    if (chunk.empty()) return false;
    sha1.add(chunk);
    at += chunk.size();
  }
  const auto closing = pack.read(body, kChecksum);
  return closing == expected && sha1.finish() == closing;
}

bool is_whole(Disk& disk, const Path& pack_folder, const std::string& name) {
  const auto pack = pack_folder / (name + ".pack");
  const auto index = pack_folder / (name + ".idx");
  if (!disk.exists(pack) || !disk.exists(index)) return false;
  try {
    return closes_rightly(*disk.open(pack, Open::existing),
                          parse_index(disk.read_all(index)).pack_checksum);
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt) throw;
    return false;
  }
}

}  // namespace vermilion::git
