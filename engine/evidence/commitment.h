// What a statement says of sealed content, and the random bytes it rests on.
//
// Idea    A commitment is HMAC-SHA-256(salt, content): it binds the content and tells nothing of it once the salt is gone.
// Errors  unavailable when the generator fails.
// Source  architecture section 2 "Sealing"; crypto/sealing.h.
#pragma once
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"

namespace vermilion::evidence {

[[nodiscard]] Bytes fresh_salt();                  // 32 random bytes
[[nodiscard]] std::string fresh_ulid(Instant at);  // names a record before it is filed
[[nodiscard]] std::string commitment_text(std::string_view salt,
                                          std::string_view content);  // "hmac-sha256:<64 hex>"

}  // namespace vermilion::evidence
