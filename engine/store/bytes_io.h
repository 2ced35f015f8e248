// Big-endian numbers in byte strings, and the CRC-32 of IEEE 802.3 (the one of zip and PNG).
//
// Errors   read_… expect enough bytes: callers check sizes first.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::store {

constexpr std::uint64_t kPiece = 1 << 20;  // of a file, read or written at once

void put_u32(Bytes& out, std::uint32_t value);
void put_u64(Bytes& out, std::uint64_t value);
[[nodiscard]] std::uint32_t read_u32(std::string_view bytes, std::size_t at);
[[nodiscard]] std::uint64_t read_u64(std::string_view bytes, std::size_t at);

[[nodiscard]] std::uint32_t crc32(std::string_view bytes) noexcept;
[[nodiscard]] bool all_zero(std::string_view bytes) noexcept;

}  // namespace vermilion::store
