// Argon2id: login passwords as PHC strings, and keys from passphrases.
//
// Cost     Login: 19 MiB, 2 passes (OWASP 2024). Key: 64 MiB, 3 passes. One lane each.
// Threads  Any thread; each call uses the memory above, so callers bound how many run at once.
// Source   RFC 9106.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::crypto {

[[nodiscard]] std::string hash_password(std::string_view password);  // "$argon2id$v=19$…"
[[nodiscard]] bool password_matches(std::string_view password, const std::string& hash);
// How often this process ran Argon2: lets tests show that failures of every kind cost the same.
[[nodiscard]] std::uint64_t argon2_runs() noexcept;
// 32 bytes. `salt` is 16 random bytes kept beside what the key protects.
[[nodiscard]] Bytes key_from_passphrase(std::string_view passphrase, std::string_view salt);

}  // namespace vermilion::crypto
