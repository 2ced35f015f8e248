// What packs, their indexes and the multi-pack-index have in common: big-endian numbers, and where things lie.
//
// Source   git's Documentation/gitformat-pack.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::git {

constexpr std::uint64_t kIds = 8 + 256 * 4;   // where an index lists its ids
constexpr std::uint64_t kLarge = 1ULL << 31;  // offsets from here on stand in a table of their own
constexpr std::size_t kChecksum = 20;         // that closes each file
constexpr std::size_t kPiece = 1 << 20;       // of a file, read or written at once

void put32(Bytes& bytes, std::uint64_t value);
// The number of `size` bytes at `at`, or of those of them that are there.
[[nodiscard]] std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size);

}  // namespace vermilion::git
