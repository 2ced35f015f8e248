// AES-256-GCM over whole buffers: what sealing and small secrets share. Internal to this layer.
//
// Shape    The tag (16 bytes) follows the ciphertext. Keys are 32 bytes, nonces 12.
// Threads  One Gcm in one thread at a time.
// Errors   open() answers false for bytes that do not verify; all else throws unavailable.
// Source   NIST SP 800-38D.
#pragma once
#include <string_view>

#include "base/bytes.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {

constexpr std::size_t kTagSize = 16;
constexpr std::size_t kNonceSize = 12;

class Gcm {
 public:
  explicit Gcm(std::string_view key);

  // Appends ciphertext and tag to `out`. A nonce must never come twice under one key.
  void seal(std::string_view nonce, std::string_view associated, std::string_view plain,
            Bytes& out);

  // Appends the plain bytes to `out` and returns true; if they do not verify, `out` is as it was.
  [[nodiscard]] bool open(std::string_view nonce, std::string_view associated,
                          std::string_view sealed, Bytes& out);

 private:
  void start(int encrypt, std::string_view nonce, std::string_view associated);
  int update(unsigned char* out, std::string_view in);

  Bytes key_;
  CipherContext context_;
};

}  // namespace vermilion::crypto
