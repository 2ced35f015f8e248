// ID tokens: one that is taken, and a table of those that are not.
#include "identity/id_token.h"

#include <cjose/cjose.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/handle.h"
#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "crypto/web_token.h"

using namespace vermilion;

namespace {

using WebTestKey = Handle<cjose_jwk_t, cjose_jwk_release>;
const Instant kTokenNow = parse_instant("2026-11-22T08:00:00Z");
constexpr auto kIssuer = "https://login.example.gov.tw";
constexpr auto kClient = "vermilion";
constexpr auto kNonce = "n-0S6_WzA2Mj";

WebTestKey rsa_key(const char* kid, std::size_t bits = 2048) {
  const std::uint8_t exponent[] = {1, 0, 1};
  WebTestKey key(cjose_jwk_create_RSA_random(bits, exponent, sizeof exponent, nullptr));
  cjose_jwk_set_kid(key.get(), kid, std::string_view(kid).size(), nullptr);
  return key;
}

WebTestKey ec_key(const char* kid) {
  WebTestKey key(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, nullptr));
  cjose_jwk_set_kid(key.get(), kid, std::string_view(kid).size(), nullptr);
  return key;
}

const WebTestKey& signing_key() {
  static const WebTestKey key = rsa_key("114-a");
  return key;
}
const WebTestKey& curve_key() {
  static const WebTestKey key = ec_key("114-b");
  return key;
}

Json public_part(const WebTestKey& key) {
  char* text = cjose_jwk_to_json(key.get(), false, nullptr);
  auto value = Json::parse(text);
  cjose_get_dealloc()(text);
  return value;
}

Json published_keys() {
  return {{"keys", Json::array({public_part(signing_key()), public_part(curve_key())})}};
}

std::string token_with(const Json& header, const Json& claims, const WebTestKey& key) {
  cjose_header_t* head = cjose_header_new(nullptr);
  for (const auto& [name, value] : header.items())
    cjose_header_set(head, name.c_str(), value.get<std::string>().c_str(), nullptr);
  const auto text = claims.dump();
  auto* jws = cjose_jws_sign(key.get(), head, reinterpret_cast<const std::uint8_t*>(text.data()),
                             text.size(), nullptr);
  REQUIRE(jws != nullptr);
  const char* compact = nullptr;
  cjose_jws_export(jws, &compact, nullptr);
  std::string token = compact;
  cjose_jws_release(jws);
  cjose_header_release(head);
  return token;
}

std::string by_hand(const Json& header, const Json& claims, const std::string& signature) {
  return crypto::base64url(header.dump()) + "." + crypto::base64url(claims.dump()) + "." +
         crypto::base64url(signature);
}

long long at_offset(std::chrono::seconds offset) {
  return (kTokenNow + offset).time_since_epoch().count();
}

Json good_claims() {
  using namespace std::chrono_literals;
  return {{"iss", kIssuer},
          {"aud", kClient},
          {"sub", "A123-林"},
          {"exp", at_offset(10min)},
          {"iat", at_offset(-5s)},
          {"nonce", kNonce},
          {"auth_time", at_offset(-5s)},
          {"groups", {"資安長", "isms-approvers"}}};
}

identity::TokenTerms token_terms() { return {kIssuer, kClient, kNonce, kTokenNow, std::nullopt}; }

std::string token_verdict(const std::string& token,
                          const identity::TokenTerms& asked = token_terms(),
                          const Json& keys = published_keys()) {
  try {
    (void)identity::accept_id_token(token, keys, asked);
    return "accepted";
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::forbidden);
    return error.code();
  }
}

const Json kRsaHeader = {{"alg", "RS256"}, {"kid", "114-a"}};

std::string token_verdict_on(const Json& change) {
  auto claims = good_claims();
  claims.merge_patch(change);
  return token_verdict(token_with(kRsaHeader, claims, signing_key()));
}

}  // namespace

TEST_CASE("an ID token by RS256 or ES256 tells subject, groups and time", "[identity]") {
  const auto [header, key] =
      GENERATE(0, 1) == 0 ? std::pair(kRsaHeader, &signing_key())
                          : std::pair(Json{{"alg", "ES256"}, {"kid", "114-b"}}, &curve_key());
  const auto token = identity::accept_id_token(token_with(header, good_claims(), *key),
                                               published_keys(), token_terms());
  CHECK(token.subject == "A123-林");
  CHECK(token.groups == std::set<std::string>{"資安長", "isms-approvers"});
  CHECK(token.proved == kTokenNow - std::chrono::seconds(5));
}

TEST_CASE("a forged, stale or foreign ID token is refused, each for its reason", "[identity]") {
  using namespace std::chrono_literals;
  const auto [change, expected] = GENERATE(table<Json, std::string>({
      {Json::object(), "accepted"},
      {{{"iss", "https://login.example.gov.tw.evil.example"}}, "token-issuer"},
      {{{"iss", nullptr}}, "token-issuer"},
      {{{"aud", "another"}}, "token-audience"},
      {{{"aud", {"vermilion", "another"}}}, "token-audience"},
      {{{"aud", Json::array({"vermilion"})}}, "accepted"},
      {{{"aud", nullptr}}, "token-audience"},
      {{{"azp", "another"}}, "token-audience"},
      {{{"azp", "vermilion"}}, "accepted"},
      {{{"exp", at_offset(-61s)}}, "token-expired"},
      {{{"exp", nullptr}}, "token-expired"},
      {{{"exp", "9999999999"}}, "token-malformed"},
      {{{"exp", 1e300}}, "token-malformed"},
      {{{"iat", at_offset(2min)}}, "token-issue-time"},
      {{{"iat", at_offset(-12min)}}, "token-issue-time"},
      {{{"iat", nullptr}}, "token-issue-time"},
      {{{"nbf", at_offset(2min)}}, "token-issue-time"},
      {{{"nonce", "another"}}, "token-nonce"},
      {{{"nonce", nullptr}}, "token-nonce"},
      {{{"sub", nullptr}}, "token-malformed"},
      {{{"sub", ""}}, "token-malformed"},
      {{{"sub", 7}}, "token-malformed"},
      {{{"sub", std::string(256, 'a')}}, "token-malformed"},
  }));
  INFO(change);
  CHECK(token_verdict_on(change) == expected);
}

TEST_CASE("no algorithm but the two is taken, and no key but the published one", "[identity]") {
  const auto claims = good_claims();
  const auto none = by_hand({{"alg", "none"}}, claims, "");
  CHECK(token_verdict(none) == "token-algorithm");
  CHECK(token_verdict(by_hand({{"alg", "nOnE"}}, claims, "")) == "token-algorithm");
  // The public key as an HMAC secret.
  const auto input = crypto::base64url(R"({"alg":"HS256","kid":"114-a"})") + "." +
                     crypto::base64url(claims.dump());
  const auto secret = public_part(signing_key()).dump();
  CHECK(token_verdict(input + "." + crypto::base64url(crypto::hmac_sha256(secret, input))) ==
        "token-algorithm");
  CHECK(token_verdict(token_with({{"alg", "RS512"}, {"kid", "114-a"}}, claims, signing_key())) ==
        "token-algorithm");
  CHECK(token_verdict(token_with({{"alg", "PS256"}, {"kid", "114-a"}}, claims, signing_key())) ==
        "token-algorithm");
  const auto stranger = rsa_key("114-a");
  CHECK(token_verdict(token_with(kRsaHeader, claims, stranger)) == "token-signature");
  CHECK(token_verdict(token_with({{"alg", "RS256"}, {"kid", "113-z"}}, claims, stranger)) ==
        "token-key");
  CHECK(token_verdict(by_hand({{"alg", "RS256"}, {"kid", "114-b"}}, claims, "x")) == "token-key");
  CHECK(token_verdict(by_hand(kRsaHeader, claims, "")) != "accepted");
}

TEST_CASE("a token changed in any part is refused, and nonsense throws nothing else",
          "[identity]") {
  const auto token = token_with(kRsaHeader, good_claims(), signing_key());
  REQUIRE(token_verdict(token) == "accepted");
  for (std::size_t i = 0; i < token.size(); i += 7) {
    auto changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK(token_verdict(changed) != "accepted");
  }
  for (const auto* text :
       {"", ".", "..", "...", "a.b.c", "\xff.\xff.\xff", "e30.e30.", "bnVsbA.e30."})
    CHECK(token_verdict(text) != "accepted");
  CHECK(token_verdict(token + ".x") != "accepted");
  CHECK(token_verdict(std::string(40000, 'a')) == "token-malformed");
  CHECK(token_verdict(token, token_terms(), Json::object()) == "token-key");
  CHECK(token_verdict(token, token_terms(), {{"keys", {7, nullptr, "x"}}}) == "token-key");
}

TEST_CASE("keys change: the new one counts, the withdrawn one no longer", "[identity]") {
  const auto next = rsa_key("115-a");
  const Json rotated = {{"keys", Json::array({public_part(next)})}};
  CHECK(token_verdict(token_with({{"alg", "RS256"}, {"kid", "115-a"}}, good_claims(), next),
                      token_terms(), rotated) == "accepted");
  CHECK(token_verdict(token_with(kRsaHeader, good_claims(), signing_key()), token_terms(),
                      rotated) == "token-key");
  const auto weak = rsa_key("115-w", 1024);
  const Json weak_keys = {{"keys", Json::array({public_part(weak)})}};
  CHECK(token_verdict(token_with({{"alg", "RS256"}, {"kid", "115-w"}}, good_claims(), weak),
                      token_terms(), weak_keys) == "token-key");
}

TEST_CASE("who has to prove himself anew does so after he was asked", "[identity]") {
  using namespace std::chrono_literals;
  auto asked = token_terms();
  asked.since = kTokenNow - 30s;
  const auto with_time = [](const Json& when) {
    auto claims = good_claims();
    claims["auth_time"] = when;
    if (when.is_null()) claims.erase("auth_time");
    return token_with(kRsaHeader, claims, signing_key());
  };
  CHECK(token_verdict(with_time(at_offset(-5s)), asked) == "accepted");
  CHECK(token_verdict(with_time(at_offset(-5min)), asked) == "token-not-afresh");
  CHECK(token_verdict(with_time(at_offset(5min)), asked) == "token-not-afresh");
  CHECK(token_verdict(with_time(nullptr), asked) == "token-not-afresh");
}
