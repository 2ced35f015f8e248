#include "evidence/commitment.h"

#include "base/ulid.h"
#include "crypto/random.h"
#include "crypto/sealing.h"

namespace vermilion::evidence {

Bytes fresh_salt() { return crypto::random_bytes(crypto::kSaltSize); }

std::string fresh_ulid(Instant at) { return make_ulid(at, crypto::random_bytes(10)); }

std::string commitment_text(std::string_view salt, std::string_view content) {
  return "hmac-sha256:" + hex(crypto::commitment_of(salt, content));
}

}  // namespace vermilion::evidence
