#include "log/tile.h"

#include <fmt/format.h>

#include <algorithm>

#include "log/tile_log.h"

namespace vermilion::log {

std::string tile_number(std::uint64_t number) {
  auto text = fmt::format("{:03}", number % 1000);
  while (number >= 1000) {
    number /= 1000;
    text = fmt::format("x{:03}/{}", number % 1000, text);
  }
  return text;
}

std::string tile_folder(unsigned level) { return "tile/" + std::to_string(level); }

std::string part_path(const std::string& folder, std::uint64_t number, std::uint64_t width) {
  const auto path = folder + "/" + tile_number(number);
  return width == kTileWidth ? path : path + ".p/" + std::to_string(width);
}

std::uint64_t width_of(std::uint64_t number, std::uint64_t total) {
  const auto begin = number * kTileWidth;
  return total <= begin ? 0 : std::min(kTileWidth, total - begin);
}

Hash fold(std::string_view hashes) {
  if (hashes.size() == kHashBytes) return Hash(hashes);
  const auto half = hashes.size() / 2;
  return node_hash(fold(hashes.substr(0, half)), fold(hashes.substr(half)));
}

// The complete subtrees that make up a tree each lie within one open tile: a bit of the size in
// byte L says that the subtree stands in the open tile of level L.
Hash root_of_edge(std::uint64_t size, const std::vector<Bytes>& edge) {
  return root_hash(size, [&](unsigned level, std::uint64_t index) {
    const auto first = index << level % 8 & (kTileWidth - 1);
    return fold(
        std::string_view(edge.at(level / 8)).substr(first * kHashBytes, kHashBytes << level % 8));
  });
}

void add_to_bundle(Bytes& bundle, std::string_view entry) {
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size() & 255U);
  bundle += entry;
}

std::optional<std::vector<Bytes>> parse_bundle(std::string_view bundle) {
  std::vector<Bytes> entries;
  while (!bundle.empty()) {
    if (bundle.size() < 2) return std::nullopt;
    const auto size = static_cast<std::size_t>(static_cast<unsigned char>(bundle[0]) << 8 |
                                               static_cast<unsigned char>(bundle[1]));
    if (bundle.size() - 2 < size) return std::nullopt;
    entries.emplace_back(bundle.substr(2, size));
    bundle.remove_prefix(2 + size);
  }
  return entries;
}

}  // namespace vermilion::log
