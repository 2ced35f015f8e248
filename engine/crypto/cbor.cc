#include "crypto/cbor.h"

#include <cstdint>
#include <optional>

namespace vermilion::crypto {
namespace {

constexpr int kDeepest = 8;
enum Major : unsigned { kBytes = 2, kText = 3, kArray = 4, kMap = 5, kTag = 6 };

// What the head names: itself below 24, else the number in the one, two, four or eight bytes that follow.
std::optional<std::uint64_t> take_argument(std::string_view& rest, unsigned info) {
  if (info < 24) return info;
  if (info > 27) return std::nullopt;  // indefinite or reserved
  const std::size_t size = std::size_t{1} << (info - 24);
  if (rest.size() < size) return std::nullopt;
  std::uint64_t value = 0;
  for (const char byte : rest.substr(0, size))
    value = value << 8 | static_cast<unsigned char>(byte);
  rest.remove_prefix(size);
  return value;
}

bool take_item(std::string_view& rest, int depth) {
  if (rest.empty() || depth > kDeepest) return false;
  const auto head = static_cast<unsigned char>(rest.front());
  rest.remove_prefix(1);
  const unsigned major = head >> 5;
  const auto value = take_argument(rest, head & 0x1fU);
  if (!value) return false;
  if (major < kBytes || major > kTag) return true;  // a number, or a simple value
  if (major == kTag) return take_item(rest, depth + 1);
  if (*value > rest.size()) return false;  // each entry has a byte at least
  if (major == kBytes || major == kText) {
    rest.remove_prefix(static_cast<std::size_t>(*value));
    return true;
  }
  for (auto left = major == kMap ? *value * 2 : *value; left > 0; --left) {
    if (!take_item(rest, depth + 1)) return false;
  }
  return true;
}

}  // namespace

bool is_bounded_cbor(std::string_view sequence) {
  while (!sequence.empty()) {
    if (!take_item(sequence, 1)) return false;
  }
  return true;
}

}  // namespace vermilion::crypto
