// A JSON Web Token, taken only if one of its issuer's published keys signed it.
//
// Rule     RS256 (2048 bits or more) and ES256 (P-256), nothing else: no "none", no HMAC, so that a public key is never taken for a
//          secret. The key must be of the algorithm's kind and meant for signatures; a key that the token brings along is not looked at.
// Errors   forbidden "token-malformed", "token-algorithm", "token-key", "token-signature".
// Threads  Free functions: any thread.
// Source   RFC 7515, RFC 7517, RFC 8725 section 3.
#pragma once
#include <string_view>

#include "base/json.h"

namespace vermilion::crypto {

// The claims of the token. `keys` is a JWK set: {keys: [...]}.
[[nodiscard]] Json signed_claims(std::string_view token, const Json& keys);

}  // namespace vermilion::crypto
