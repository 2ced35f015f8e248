#include "identity/id_token.h"

#include "base/error.h"
#include "crypto/web_token.h"

namespace vermilion::identity {
namespace {

constexpr std::chrono::seconds kSkew{60};
constexpr std::chrono::minutes kOldest{10};
constexpr std::size_t kLongestSubject = 255;  // OpenID Connect Core, section 2

void require_claim(bool holds, const char* code) {
  if (holds) return;
  throw Error(Failure::forbidden, code,
              {std::string("登入服務的權杖不符（") + code + "）",
               std::string("the token of the sign-in service does not fit (") + code + ")"});
}

// Beyond these a time of seconds would not fit an instant, or is nonsense.
std::optional<Instant> time_claim(const Json& claims, const char* name) {
  if (!claims.contains(name)) return std::nullopt;
  const auto& value = claims[name];
  require_claim(value.is_number(), "token-malformed");
  const auto seconds = value.get<double>();
  require_claim(seconds >= 0 && seconds < 1e11, "token-malformed");
  return Instant(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

bool is_for(const Json& claims, const std::string& client) {
  const auto audience = claims.value("aud", Json());
  return audience == client || audience == Json::array({client});
}

void require_times(const Json& claims, const TokenTerms& terms) {
  const auto expires = time_claim(claims, "exp");
  require_claim(expires && terms.now < *expires + kSkew, "token-expired");
  const auto issued = time_claim(claims, "iat");
  require_claim(issued && *issued <= terms.now + kSkew && *issued + kOldest + kSkew > terms.now,
                "token-issue-time");
  const auto not_before = time_claim(claims, "nbf");
  require_claim(!not_before || *not_before <= terms.now + kSkew, "token-issue-time");
}

std::set<std::string> groups_in(const Json& claims, const std::string& name) {
  std::set<std::string> groups;
  const auto value = claims.value(name, Json());
  if (value.is_string()) groups.insert(value.get<std::string>());
  if (!value.is_array()) return groups;
  for (const auto& group : value)
    if (group.is_string()) groups.insert(group.get<std::string>());
  return groups;
}

}  // namespace

IdToken accept_id_token(std::string_view token, const Json& keys, const TokenTerms& terms) {
  const auto claims = crypto::signed_claims(token, keys);
  require_claim(claims.value("iss", Json()) == terms.issuer, "token-issuer");
  require_claim(is_for(claims, terms.client), "token-audience");
  require_claim(!claims.contains("azp") || claims["azp"] == terms.client, "token-audience");
  require_claim(!terms.nonce.empty() && claims.value("nonce", Json()) == terms.nonce,
                "token-nonce");
  require_times(claims, terms);
  IdToken accepted;
  accepted.proved = time_claim(claims, "auth_time");
  if (terms.since) {
    require_claim(accepted.proved && *accepted.proved + kSkew >= *terms.since &&
                      *accepted.proved <= terms.now + kSkew,
                  "token-not-afresh");
  }
  const auto subject = claims.value("sub", Json());
  require_claim(subject.is_string(), "token-malformed");
  accepted.subject = subject.get<std::string>();
  require_claim(!accepted.subject.empty() && accepted.subject.size() <= kLongestSubject,
                "token-malformed");
  accepted.groups = groups_in(claims, terms.groups_claim);
  return accepted;
}

}  // namespace vermilion::identity
