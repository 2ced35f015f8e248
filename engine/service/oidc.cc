// OpenID Connect: authorization code with PKCE. What the service says of itself and its keys is asked for at each sign-in, so that new keys
// count at once and old ones no longer.
#include <fmt/format.h>

#include "base/error.h"
#include "base/uri.h"
#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/web_token.h"
#include "identity/id_token.h"
#include "identity/links.h"
#include "identity/login_lock.h"
#include "service/agency.h"
#include "service/agency_parts.h"
#include "service/attempt.h"
#include "service/witness.h"

namespace vermilion::service {
namespace {

constexpr int kOk = 200;
constexpr std::size_t kSecretBytes = 32;
constexpr const char* kFormType = "application/x-www-form-urlencoded";
constexpr std::size_t kLongestCode = 4096;

[[noreturn]] void oidc_unavailable(const std::string& why) {
  throw Error(Failure::unavailable, "oidc-unavailable",
              {"機關的登入服務目前無法使用，請稍後再試或通知系統管理人員",
               "the agency's sign-in service cannot be used now; try again later or tell an "
               "administrator (" +
                   why + ")"});
}

// A refusal of the service's, or of its token, that ends the sign-in; the log says which.
[[noreturn]] void refuse(const char* code) {
  throw Error(Failure::forbidden, code, {"登入服務沒有給予可信的答覆", "no trustworthy answer"});
}

using Parameters = std::vector<std::pair<const char*, std::string>>;

std::string form_of(const Parameters& parameters) {
  std::string text;
  for (const auto& [name, value] : parameters)
    text += (text.empty() ? "" : "&") + std::string(name) + "=" + percent_encoded(value);
  return text;
}

HttpAnswer fetch(Context& context, const HttpAsk& ask) {
  const auto* outside = context.outside();
  if (outside == nullptr) oidc_unavailable("no way out");
  try {
    return outside->fetch(ask);
  } catch (const Error& error) {
    oidc_unavailable(error.said().en);
  }
}

Json fetch_json(Context& context, const store::OidcSettings& oidc, const std::string& url) {
  const auto answer = fetch(context, {"GET", url, {}, {}, {}, oidc.authorities});
  if (answer.status != kOk) oidc_unavailable(fmt::format("{}: HTTP {}", url, answer.status));
  try {
    return parse_json(answer.body);
  } catch (const Error& error) {
    oidc_unavailable(url + ": " + error.said().en);
  }
}

std::string endpoint(const Json& discovered, const char* name) {
  const auto url = string_or_empty(discovered, name);
  if (!url.starts_with("https://")) oidc_unavailable(std::string(name) + " is not https");
  return url;
}

Json discover(Context& context, const store::OidcSettings& oidc) {
  const auto base =
      oidc.issuer.ends_with('/') ? oidc.issuer.substr(0, oidc.issuer.size() - 1) : oidc.issuer;
  auto found = fetch_json(context, oidc, base + "/.well-known/openid-configuration");
  if (!found.is_object() || string_or_empty(found, "issuer") != oidc.issuer)
    oidc_unavailable("the discovery document is of another issuer");
  return found;
}

const store::OidcSettings& oidc_of(const store::SignInSettings& settings) {
  if (!settings.oidc) no_such_way();
  return *settings.oidc;
}

std::string fresh_secret() { return crypto::base64url(crypto::random_bytes(kSecretBytes)); }

HttpAsk code_exchange(Context& context, const store::OidcSettings& oidc, const std::string& url,
                      const OidcWait& wait, const std::string& code) {
  Parameters parameters = {{"grant_type", "authorization_code"},
                           {"code", code},
                           {"redirect_uri", oidc.redirect},
                           {"code_verifier", wait.verifier}};
  HttpAsk ask{"POST", url, {}, kFormType, {}, oidc.authorities};
  const auto secret = store::load_secret(context.disk(), oidc.secret_file);
  if (secret.empty()) {
    parameters.emplace_back("client_id", oidc.client);
  } else {  // RFC 6749 section 2.3.1
    ask.authorization =
        "Basic " + base64(percent_encoded(oidc.client) + ":" + percent_encoded(secret));
  }
  ask.body = form_of(parameters);
  return ask;
}

std::string token_for(Context& context, const store::OidcSettings& oidc, const Json& discovered,
                      const OidcWait& wait, const std::string& code) {
  const auto answer = fetch(
      context, code_exchange(context, oidc, endpoint(discovered, "token_endpoint"), wait, code));
  if (answer.status != kOk) refuse("code-refused");
  try {
    return require_string(parse_json(answer.body), "id_token");
  } catch (const Error&) {
    refuse("token-malformed");
  }
}

identity::IdToken proved_by_token(Context& context, const store::OidcSettings& oidc,
                                  const OidcWait& wait, const OidcReturn& came) {
  if (!came.issuer.empty() && came.issuer != oidc.issuer) refuse("token-issuer");
  if (came.code.empty() || came.code.size() > kLongestCode) refuse("code-refused");
  const auto discovered = discover(context, oidc);
  const auto token = token_for(context, oidc, discovered, wait, came.code);
  const auto keys = fetch_json(context, oidc, endpoint(discovered, "jwks_uri"));
  return identity::accept_id_token(token, keys,
                                   {oidc.issuer, oidc.client, wait.nonce,
                                    context.store().clock().now(), wait.since, oidc.groups_claim});
}

// Nobody's failure: it is not known whose sign-in that was.
void log_refused(Context& context, const Error& error) {
  const bool refused = error.failure() == Failure::forbidden;
  context.log(identity::kLoginKind, "account oidc",
              (refused ? "refused:" : "failed:") + error.code());
}

std::optional<identity::IdToken> token_or_logged(Context& context, const store::OidcSettings& oidc,
                                                 const OidcWait& wait, const OidcReturn& came) {
  try {
    return proved_by_token(context, oidc, wait, came);
  } catch (const Error& error) {
    log_refused(context, error);
    if (error.failure() != Failure::forbidden) throw;
    return std::nullopt;
  }
}

}  // namespace

OidcStart begin_oidc(Context& context, const std::string& again) {
  const auto settings = sign_in_settings(context);
  const auto& oidc = oidc_of(settings);
  const auto discovered = discover(context, oidc);
  OidcWait wait{fresh_secret(), fresh_secret(), fresh_secret(), std::nullopt, again};
  Parameters parameters = {{"response_type", "code"},
                           {"client_id", oidc.client},
                           {"redirect_uri", oidc.redirect},
                           {"scope", oidc.scope},
                           {"state", wait.state},
                           {"nonce", wait.nonce},
                           {"code_challenge", crypto::base64url(crypto::sha256(wait.verifier))},
                           {"code_challenge_method", "S256"}};
  if (!again.empty()) {
    wait.since = context.store().clock().now();
    parameters.emplace_back("prompt", "login");
    parameters.emplace_back("max_age", "0");
  }
  const auto url = endpoint(discovered, "authorization_endpoint");
  return {url + (url.find('?') == url.npos ? "?" : "&") + form_of(parameters), wait};
}

AgencyProof finish_oidc(Context& context, const OidcWait& wait, const OidcReturn& came) {
  const auto settings = sign_in_settings(context);
  const auto& oidc = oidc_of(settings);
  const auto token = token_or_logged(context, oidc, wait, came);
  if (!token) sign_in_failed();
  const auto digest =
      identity::identity_digest(context.store(), {identity::kByOidc, oidc.issuer, token->subject});
  const auto link = identity::find_link(context.store().evidence(), digest);
  const auto account = link ? link->account : "";
  (void)attempt(context, account, [&]() -> std::optional<Proof> {
    if (!link || (!wait.account.empty() && wait.account != account)) return std::nullopt;
    return Proof{identity::resume_session(context.store(), account)};
  });
  return {account,
          identity::kByOidc,
          digest,
          "",
          closed_roles(settings, token->groups),
          wait.since ? token->proved : std::nullopt};
}

}  // namespace vermilion::service
