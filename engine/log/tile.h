// Tiles and entry bundles as paths and bytes.
//
// Source   c2sp.org/tlog-tiles; docs-src/formats/log.md.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "log/merkle.h"

namespace vermilion::log {

constexpr std::uint64_t kTileWidth = 256;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kMaxEntry = 65535;

// "tile/0", "tile/1" …
[[nodiscard]] std::string tile_folder(unsigned level);
constexpr const char* kBundleFolder = "tile/entries";

// "<folder>/x001/x234/067", with ".p/<width>" unless it is full.
[[nodiscard]] std::string part_path(const std::string& folder, std::uint64_t number,
                                    std::uint64_t width);

// How many of the 256 places of tile `number` a tree holds that has `total` hashes at this level.
[[nodiscard]] std::uint64_t width_of(std::uint64_t number, std::uint64_t total);

// The root of a complete subtree whose 2^k leaf hashes stand in `hashes`.
[[nodiscard]] Hash fold(std::string_view hashes);

// The root of a tree of `size` leaves whose open tiles, level 0 first, are `edge`.
[[nodiscard]] Hash root_of_edge(std::uint64_t size, const std::vector<Bytes>& edge);

void add_to_bundle(Bytes& bundle, std::string_view entry);
// The entries of a bundle; nothing if it breaks off inside one.
[[nodiscard]] std::optional<std::vector<Bytes>> parse_bundle(std::string_view bundle);

}  // namespace vermilion::log
