// Random bytes for keys, salts and nonces, from OpenSSL's generator. Throws unavailable if it fails.
#pragma once
#include "base/bytes.h"

namespace vermilion::crypto {

[[nodiscard]] Bytes random_bytes(std::size_t size);

// `words` groups of 5 characters from an alphabet without look-alikes, joined by '-': a passphrase to be
// printed once. 5 groups carry over 120 bits.
[[nodiscard]] std::string random_passphrase(int words = 5);

}  // namespace vermilion::crypto
