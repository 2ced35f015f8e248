#include "crypto/web_token.h"

#include <cjose/cjose.h>

#include "base/error.h"
#include "base/handle.h"
#include "crypto/base64url.h"

namespace vermilion::crypto {
namespace {

using WebKey = Handle<cjose_jwk_t, cjose_jwk_release>;
using WebSignature = Handle<cjose_jws_t, cjose_jws_release>;

constexpr std::size_t kMostTokenBytes = 32 << 10;
constexpr std::size_t kFewestRsaBits = 2048;

[[noreturn]] void refuse_token(const char* code) {
  throw Error(Failure::forbidden, code,
              {std::string("登入服務的權杖不可信（") + code + "）",
               std::string("the token of the sign-in service cannot be trusted (") + code + ")"});
}

Json json_part(std::string_view text) {
  const auto bytes = from_base64url(text);
  if (!bytes) refuse_token("token-malformed");
  try {
    auto value = parse_json(*bytes);
    if (value.is_object()) return value;
  } catch (const Error&) {  // said below
  }
  refuse_token("token-malformed");
}

struct TokenParts {
  Json header;
  Json claims;
};

TokenParts parts_of(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (token.size() > kMostTokenBytes || second == token.npos) refuse_token("token-malformed");
  return {json_part(token.substr(0, first)),
          json_part(token.substr(first + 1, second - first - 1))};
}

bool says(const Json& key, const char* member, const std::string& wanted) {
  return !key.contains(member) || key[member] == wanted;
}

bool is_of_kind(const Json& key, const std::string& algorithm) {
  if (!key.is_object() || !says(key, "use", "sig") || !says(key, "alg", algorithm)) return false;
  if (algorithm == "RS256") return key.value("kty", Json()) == "RSA";
  return key.value("kty", Json()) == "EC" && key.value("crv", Json()) == "P-256";
}

// The one key that can have signed it; two that could are none.
WebKey key_for(const Json& header, const Json& keys) {
  const auto algorithm = string_or_empty(header, "alg");
  const Json* found = nullptr;
  if (!keys.is_object()) refuse_token("token-key");
  const auto published = keys.value("keys", Json::array());
  for (const auto& key : published) {
    if (!is_of_kind(key, algorithm)) continue;
    if (header.contains("kid") && key.value("kid", Json()) != header["kid"]) continue;
    if (found != nullptr) refuse_token("token-key");
    found = &key;
  }
  if (found == nullptr) refuse_token("token-key");
  const auto text = found->dump();
  cjose_err error{};
  WebKey key(cjose_jwk_import(text.data(), text.size(), &error));
  if (!key) refuse_token("token-key");
  if (algorithm == "RS256" && cjose_jwk_get_keysize(key.get(), &error) < kFewestRsaBits)
    refuse_token("token-key");
  return key;
}

}  // namespace

Json signed_claims(std::string_view token, const Json& keys) {
  auto parts = parts_of(token);
  const auto& header = parts.header;
  const auto algorithm = header.value("alg", Json());
  if (algorithm != "RS256" && algorithm != "ES256") refuse_token("token-algorithm");
  if (header.contains("crit")) refuse_token("token-malformed");
  const auto key = key_for(header, keys);
  cjose_err error{};
  const WebSignature signature(cjose_jws_import(token.data(), token.size(), &error));
  if (!signature) refuse_token("token-malformed");
  if (!cjose_jws_verify(signature.get(), key.get(), &error)) refuse_token("token-signature");
  return std::move(parts.claims);
}

}  // namespace vermilion::crypto
