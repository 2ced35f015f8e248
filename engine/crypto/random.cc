#include "crypto/random.h"

#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

// Without 0 o, 1 i l: whoever types from paper must not guess.
constexpr std::string_view kAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";
constexpr int kGroupLength = 5;

// One character, every one equally likely: octets beyond the last whole multiple are thrown away.
char random_character() {
  constexpr std::size_t kFair = 256 / kAlphabet.size() * kAlphabet.size();
  for (;;) {
    for (const char drawn : random_bytes(16)) {
      const auto value = static_cast<std::size_t>(static_cast<unsigned char>(drawn));
      if (value < kFair) return kAlphabet[value % kAlphabet.size()];
    }
  }
}

}  // namespace

Bytes random_bytes(std::size_t size) {
  Bytes bytes(size, '\0');
  check(RAND_bytes_ex(nullptr, octets(bytes), size, 0), "drawing random bytes");
  return bytes;
}

std::string random_passphrase(int words) {
  std::string passphrase;
  for (int i = 0; i < words * kGroupLength; ++i) {
    if (i > 0 && i % kGroupLength == 0) passphrase += '-';
    passphrase += random_character();
  }
  return passphrase;
}

}  // namespace vermilion::crypto
