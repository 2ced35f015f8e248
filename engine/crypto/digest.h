// Digests and keyed digests.
//
// Shape    Digest is 32 raw bytes. digest_text() is "sha256:<64 hex digits>", the form in statements.
// Threads  Free functions: any thread. Sha256, HmacSha256: one thread at a time.
// Errors   Only unavailable, when OpenSSL itself fails.
// Source   FIPS 180-4, RFC 2104.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::crypto {

[[nodiscard]] Bytes sha256(std::string_view bytes);                            // 32 raw bytes
[[nodiscard]] Bytes hmac_sha256(std::string_view key, std::string_view text);  // 32 raw bytes
[[nodiscard]] std::string digest_text(std::string_view bytes);  // "sha256:…" of the bytes given

// True if both have the same bytes; takes the same time wherever they differ.
[[nodiscard]] bool same_bytes(std::string_view a, std::string_view b) noexcept;

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::string_view bytes);
  [[nodiscard]] Bytes finish();  // 32 raw bytes; the object is then spent

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class HmacSha256 {
 public:
  explicit HmacSha256(std::string_view key);
  ~HmacSha256();
  HmacSha256(const HmacSha256&) = delete;
  HmacSha256& operator=(const HmacSha256&) = delete;
  void add(std::string_view text);
  [[nodiscard]] Bytes finish();  // 32 raw bytes; the object is then spent

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vermilion::crypto
