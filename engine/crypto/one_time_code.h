// One-time codes of six digits from a secret shared with a person's device (TOTP).
//
// Shape    SHA-1, steps of 30 seconds, six digits: what every authenticator app reads. A secret is 20 random bytes.
// Errors   Throws unavailable when the library fails; a code that does not fit is an answer.
// Threads  Any.
// Source   RFC 6238, RFC 4648 section 6; liboath.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"

namespace vermilion::crypto {

[[nodiscard]] Bytes new_code_secret();
[[nodiscard]] std::string base32(std::string_view bytes);  // without padding
[[nodiscard]] std::optional<Bytes> from_base32(const std::string& text);
// Which step the code belongs to, of this one and its two neighbours; nothing if it is none of theirs.
[[nodiscard]] std::optional<std::uint64_t> code_step(std::string_view secret,
                                                     const std::string& code, Instant now);

}  // namespace vermilion::crypto
