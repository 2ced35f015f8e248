// The agency's sign-in service in this process: what it says over HTTPS, without the wire. A real one is in tests/e2e/s05-oidc.sh.
#pragma once
#include <cjose/cjose.h>

#include <map>
#include <string>

#include "base/handle.h"
#include "base/uri.h"
#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "service/witness.h"
#include "web/message.h"

namespace agency {

using namespace vermilion;
using ServiceKey = Handle<cjose_jwk_t, cjose_jwk_release>;

inline const ServiceKey& service_key() {
  static const ServiceKey key = [] {
    ServiceKey made(cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, nullptr));
    cjose_jwk_set_kid(made.get(), "115-a", 5, nullptr);
    return made;
  }();
  return key;
}

// ES256, as services sign ID tokens.
inline std::string signed_token(const Json& claims) {
  cjose_header_t* head = cjose_header_new(nullptr);
  cjose_header_set(head, "alg", "ES256", nullptr);
  cjose_header_set(head, "kid", "115-a", nullptr);
  const auto text = claims.dump();
  auto* jws =
      cjose_jws_sign(service_key().get(), head, reinterpret_cast<const std::uint8_t*>(text.data()),
                     text.size(), nullptr);
  const char* compact = nullptr;
  if (jws == nullptr || !cjose_jws_export(jws, &compact, nullptr)) throw Bug("no token");
  std::string token = compact;
  cjose_jws_release(jws);
  cjose_header_release(head);
  return token;
}

class Service {
 public:
  static constexpr const char* kIssuer = "https://login.example.gov.tw";

  explicit Service(const Clock& clock) : clock_(clock) {}

  // What vermilion.yaml says of it.
  [[nodiscard]] static std::string settings(const std::string& site) {
    return "sign_in:\n  oidc: {issuer: '" + std::string(kIssuer) +
           "', client_id: vermilion, redirect: '" + site + "/login/agency/return'}\n";
  }
  // Somebody signs in there by that name, sent by `url`: the path that leads back.
  std::string sign_in(const std::string& url, const std::string& subject) {
    auto asked = web::parse_form(url.substr(url.find('?') + 1)).value();
    const auto code = "code-" + std::to_string(codes_.size());
    codes_[code] = {subject, asked["nonce"], asked["code_challenge"], clock_.now()};
    return "/login/agency/return?code=" + code + "&state=" + percent_encoded(asked["state"]) +
           "&iss=" + percent_encoded(kIssuer);
  }
  [[nodiscard]] service::Outside ways() {
    service::Outside ways;
    ways.fetch = [this](const service::HttpAsk& ask) { return answer(ask); };
    return ways;
  }

 private:
  struct Given {
    std::string subject;
    std::string nonce;
    std::string challenge;
    Instant proved;
  };

  service::HttpAnswer answer(const service::HttpAsk& ask) {
    const std::string issuer = kIssuer;
    if (ask.url == issuer + "/.well-known/openid-configuration") {
      return said({{"issuer", issuer},
                   {"authorization_endpoint", issuer + "/auth"},
                   {"token_endpoint", issuer + "/token"},
                   {"jwks_uri", issuer + "/keys"}});
    }
    if (ask.url == issuer + "/keys") {
      char* text = cjose_jwk_to_json(service_key().get(), false, nullptr);
      const auto key = Json::parse(text);
      cjose_get_dealloc()(text);
      return said({{"keys", Json::array({key})}});
    }
    return ask.url == issuer + "/token" ? token(ask) : service::HttpAnswer{404, ""};
  }
  // Once for each code, and only for who began.
  service::HttpAnswer token(const service::HttpAsk& ask) {
    auto form = web::parse_form(ask.body).value();
    const auto found = codes_.find(form["code"]);
    if (found == codes_.end()) return {400, "{}"};
    const auto given = found->second;
    codes_.erase(found);
    if (crypto::base64url(crypto::sha256(form["code_verifier"])) != given.challenge)
      return {400, "{}"};
    const auto now = clock_.now().time_since_epoch().count();
    return said(
        {{"id_token", signed_token({{"iss", kIssuer},
                                    {"aud", "vermilion"},
                                    {"sub", given.subject},
                                    {"nonce", given.nonce},
                                    {"iat", now},
                                    {"exp", now + 300},
                                    {"auth_time", given.proved.time_since_epoch().count()}})}});
  }
  static service::HttpAnswer said(const Json& value) { return {200, value.dump()}; }

  const Clock& clock_;
  std::map<std::string, Given> codes_;
};

}  // namespace agency
