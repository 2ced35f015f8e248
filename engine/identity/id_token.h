// What an ID token of the agency's sign-in service proves, checked in full.
//
// Rule     Signature by one of the service's keys (crypto/web_token.h); issuer; this client and nobody else as audience; `azp` if it is
//          there; not expired, not from the future, issued within ten minutes; the nonce of this very sign-in; and, when somebody was to
//          prove himself anew, `auth_time` not before that was asked. Clocks may differ by a minute.
// Errors   forbidden "token-…": what was wrong with it, for the log; the person learns none of it.
// Threads  Pure functions.
// Source   OpenID Connect Core 1.0, section 3.1.3.7.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "base/clock.h"
#include "base/json.h"

namespace vermilion::identity {

struct TokenTerms {
  std::string issuer;
  std::string client;
  std::string nonce;
  Instant now;
  std::optional<Instant> since;  // he had to prove himself no earlier
  std::string groups_claim = "groups";
};

struct IdToken {
  std::string subject;
  std::set<std::string> groups;
  std::optional<Instant> proved;  // auth_time
};
[[nodiscard]] IdToken accept_id_token(std::string_view token, const Json& keys,
                                      const TokenTerms& terms);

}  // namespace vermilion::identity
