#include "base/ulid.h"

#include "base/error.h"

namespace vermilion {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 26;

}  // namespace

std::string make_ulid(Instant at, std::string_view random) {
  VERMILION_ASSERT(random.size() == 10);
  const auto milliseconds = static_cast<std::uint64_t>(at.time_since_epoch().count()) * 1000;
  std::string bytes;
  for (int shift = 40; shift >= 0; shift -= 8) bytes += static_cast<char>(milliseconds >> shift);
  bytes += random;
  // 128 bits in 26 digits of 5: the first digit carries the two zero bits that are left over.
  std::string text;
  std::uint32_t held = 0;
  int bits = 2;
  for (const char byte : bytes) {
    held = (held << 8 | static_cast<unsigned char>(byte)) & 0xFFFFU;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += kAlphabet[held >> bits & 31U];
    }
  }
  return text;
}

bool is_ulid(std::string_view text) noexcept {
  return text.size() == kLength && text[0] <= '7' && text.find_first_not_of(kAlphabet) == text.npos;
}

Instant ulid_time(std::string_view ulid) {
  VERMILION_ASSERT(is_ulid(ulid));
  std::uint64_t milliseconds = 0;
  for (const char digit : ulid.substr(0, 10)) {
    milliseconds = milliseconds << 5 | kAlphabet.find(digit);
  }
  return Instant(std::chrono::seconds(milliseconds / 1000));
}

}  // namespace vermilion
