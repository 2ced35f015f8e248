#include "log/tile_check.h"

#include "log/tile.h"

namespace vermilion::log {
namespace {

constexpr const char* kMissing = "檔案遺失 the file is missing";

std::uint64_t first_difference(const Bytes& a, const Bytes& b) {
  std::uint64_t place = 0;
  while (a.compare(place * kHashBytes, kHashBytes, b, place * kHashBytes, kHashBytes) == 0) ++place;
  return place;
}

}  // namespace

void TileCheck::fault(const std::string& where, const std::string& what) {
  faulty_ = true;
  tell_(where, what);
}

// The tile's hashes; nothing if it is missing or of a wrong length.
std::optional<Bytes> TileCheck::stored_tile(unsigned level, std::uint64_t number) {
  const auto width = width_of(number, total(level));
  auto tile = files_.read(part_path(tile_folder(level), number, width));
  if (!tile && width < kTileWidth)
    tile = files_.read(part_path(tile_folder(level), number, kTileWidth));
  if (!tile || tile->size() < width * kHashBytes || tile->size() % kHashBytes != 0)
    return std::nullopt;
  return tile->substr(0, width * kHashBytes);
}

std::optional<Bytes> TileCheck::leaves_of(std::uint64_t bundle) {
  const auto width = width_of(bundle, checkpoint_.size);
  const auto path = part_path(kBundleFolder, bundle, width);
  auto bytes = files_.read(path);
  if (!bytes && width < kTileWidth)
    bytes = files_.read(part_path(kBundleFolder, bundle, kTileWidth));
  if (!bytes) {
    fault(path, kMissing);
    return std::nullopt;
  }
  const auto entries = parse_bundle(*bytes);
  if (!entries || entries->size() < width) {
    fault(path, "檔案不完整 the file is truncated or malformed");
    return std::nullopt;
  }
  checked_ += width;
  Bytes leaves;
  for (std::size_t i = 0; i < width; ++i) leaves += leaf_hash((*entries)[i]);
  return leaves;
}

// Whether the parent tile holds the root of this full tile, or, for an open one, whether all open
// tiles together give the checkpoint's root.
bool TileCheck::vouched(unsigned level, std::uint64_t number, const Bytes& tile) {
  if (tile.size() < kTileWidth * kHashBytes) return edge_is_vouched();
  const auto parent = stored_tile(level + 1, number / kTileWidth);
  return parent && parent->substr(number % kTileWidth * kHashBytes, kHashBytes) == fold(tile);
}

bool TileCheck::edge_is_vouched() {
  if (edge_vouched_) return *edge_vouched_;
  std::vector<Bytes> edge;
  edge_vouched_ = false;
  for (unsigned level = 0; level < 8 && total(level) != 0; ++level) {
    const bool open = total(level) % kTileWidth != 0;
    const auto tile = open ? stored_tile(level, total(level) / kTileWidth) : Bytes();
    if (!tile) return false;
    edge.push_back(*tile);
  }
  edge_vouched_ = root_of_edge(checkpoint_.size, edge) == checkpoint_.root;
  return *edge_vouched_;
}

void TileCheck::blame(unsigned level, std::uint64_t number, const Bytes& computed,
                      const Bytes& stored) {
  const auto place = first_difference(computed, stored);
  const auto width = computed.size() / kHashBytes;
  const bool tile_good = vouched(level, number, stored);
  const bool full = width == kTileWidth;
  if (level == 0 && (tile_good || (full && !vouched(level, number, computed)))) {
    fault(part_path(kBundleFolder, number, width),
          "第 " + std::to_string(number * kTileWidth + place) +
              " 筆與雜湊不符 the entry of this index differs from its hash");
  }
  if (level != 0 || !tile_good) {
    fault(part_path(tile_folder(level), number, width),
          "第 " + std::to_string(place) + " 個雜湊不符 the hash at this place does not match");
  }
}

// Compares a tile with what lies below it, tells what is wrong and returns the hashes to go on
// with.
Bytes TileCheck::settle(unsigned level, std::uint64_t number,
                        const std::optional<Bytes>& computed) {
  const auto stored = stored_tile(level, number);
  const auto width = width_of(number, total(level));
  if (!stored) fault(part_path(tile_folder(level), number, width), kMissing);
  if (!stored || !computed)
    return computed.value_or(stored.value_or(Bytes(width * kHashBytes, '\0')));
  if (*stored == *computed) return *stored;
  blame(level, number, *computed, *stored);
  return vouched(level, number, *stored) ? *stored : *computed;
}

// Checks all tiles of a level against `below` (the hashes they should hold; level 0: the entries)
// and returns what the next level should hold.
Bytes TileCheck::check_level(unsigned level, const Bytes& below) {
  Bytes above;
  edge_.emplace_back();
  for (std::uint64_t number = 0; number * kTileWidth < total(level); ++number) {
    const auto computed = level == 0 ? leaves_of(number)
                                     : std::optional(below.substr(number * kTileWidth * kHashBytes,
                                                                  kTileWidth * kHashBytes));
    auto tile = settle(level, number, computed);
    if (tile.size() == kTileWidth * kHashBytes) {
      above += fold(tile);
    } else {
      edge_.back() = std::move(tile);
    }
  }
  return above;
}

std::uint64_t TileCheck::run() {
  Bytes hashes;
  for (unsigned level = 0; level < 8 && total(level) != 0; ++level)
    hashes = check_level(level, hashes);
  if (!faulty_ && root_of_edge(checkpoint_.size, edge_) != checkpoint_.root) {
    fault("checkpoint",
          "檢查點的根雜湊與紀錄不符 the root of the checkpoint is not that of the entries");
  }
  return checked_;
}

}  // namespace vermilion::log
