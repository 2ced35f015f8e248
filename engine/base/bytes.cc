#include "base/bytes.h"

#include <cstdint>

namespace vermilion {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t octet(std::string_view bytes, std::size_t i) {
  return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
}

}  // namespace

std::string hex(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text += kHex[octet(bytes, i) >> 4];
    text += kHex[octet(bytes, i) & 15U];
  }
  return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  Bytes bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = kHex.find(text[i]);
    const auto low = kHex.find(text[i + 1]);
    if (high == kHex.npos || low == kHex.npos) return std::nullopt;
    bytes += static_cast<char>(high << 4 | low);
  }
  return bytes;
}

std::string base64(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t group =
        octet(bytes, i) << 16 | octet(bytes, i + 1) << 8 | octet(bytes, i + 2);
    text += kBase64[group >> 18];
    text += kBase64[group >> 12 & 63U];
    text += i + 1 < bytes.size() ? kBase64[group >> 6 & 63U] : '=';
    text += i + 2 < bytes.size() ? kBase64[group & 63U] : '=';
  }
  return text;
}

std::optional<Bytes> from_base64(std::string_view text) {
  Bytes bytes;
  for (std::size_t i = 0; i + 3 < text.size(); i += 4) {
    std::uint32_t group = 0;
    int padding = 0;
    for (std::size_t k = i; k < i + 4; ++k) {
      const auto digit = text[k] == '=' ? 0 : kBase64.find(text[k]);
      if (digit == kBase64.npos) return std::nullopt;
      padding += text[k] == '=' ? 1 : 0;
      group = group << 6 | static_cast<std::uint32_t>(digit);
    }
    for (int shift = 16; shift >= 8 * padding && shift >= 0; shift -= 8) {
      bytes += static_cast<char>(group >> shift & 255U);
    }
  }
  // Writing it again refuses whatever the loop let through: bad lengths, stray padding, loose bits.
  return base64(bytes) == text ? std::optional(bytes) : std::nullopt;
}

}  // namespace vermilion
