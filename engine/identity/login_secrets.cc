#include "identity/login_secrets.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "crypto/digest.h"
#include "crypto/password.h"
#include "identity/password_policy.h"

namespace vermilion::identity {
namespace {

Json factor_json(const SecondFactor& factor) {
  return {{"secret", hex(factor.secret)},
          {"last_step", factor.last_step},
          {"recovery", factor.recovery}};
}

SecondFactor factor_from(const Json& value) {
  SecondFactor factor;
  factor.secret = from_hex(value.at("secret").get<std::string>()).value();
  factor.last_step = value.at("last_step");
  factor.recovery = value.at("recovery").get<std::vector<std::string>>();
  return factor;
}

Json passkey_json(const Passkey& passkey) {
  return {{"id", hex(passkey.key.id)},
          {"key", hex(passkey.key.key)},
          {"counter", passkey.key.counter},
          {"site", passkey.site},
          {"name", passkey.name},
          {"added", rfc3339(passkey.added)},
          {"used", passkey.used ? Json(rfc3339(*passkey.used)) : Json(nullptr)}};
}

Passkey passkey_from(const Json& value) {
  Passkey passkey;
  passkey.key = {from_hex(value.at("id").get<std::string>()).value(),
                 from_hex(value.at("key").get<std::string>()).value(), value.at("counter")};
  passkey.site = value.at("site");
  passkey.name = value.at("name");
  passkey.added = parse_instant(value.at("added").get<std::string>());
  if (!value.at("used").is_null())
    passkey.used = parse_instant(value.at("used").get<std::string>());
  return passkey;
}

Json passkeys_json(const std::vector<Passkey>& passkeys) {
  Json list = Json::array();
  for (const auto& passkey : passkeys) list.push_back(passkey_json(passkey));
  return list;
}

Json link_json(const PasswordLink& link) {
  return {{"digest", link.digest}, {"until", rfc3339(link.until)}};
}

LoginSecrets secrets_from(const Json& value) {
  LoginSecrets secrets;
  secrets.phc = value.at("phc");
  if (!value.at("set").is_null()) secrets.set = parse_instant(value.at("set").get<std::string>());
  secrets.temporary = value.at("temporary");
  secrets.former = value.at("former").get<std::vector<std::string>>();
  if (!value.at("factor").is_null()) secrets.factor = factor_from(value.at("factor"));
  for (const auto& one : value.value("passkeys", Json::array()))  // stores before had none
    secrets.passkeys.push_back(passkey_from(one));
  if (const auto link = value.find("link"); link != value.end())
    secrets.link = PasswordLink{link->at("digest"),
                                parse_instant(link->at("until").get<std::string>())};
  return secrets;
}

void require_old_enough(const LoginSecrets& secrets, Instant now, const PasswordRules& rules) {
  if (secrets.temporary || !secrets.set || now - *secrets.set >= rules.min_age) return;
  throw Error(Failure::conflict, "password-too-new",
              {fmt::format("密碼變更未滿 {} 日，不得再變更；若懷疑外洩，請系統管理人員重設",
                           rules.min_age.count()),
               fmt::format("the password is not {} days old yet; if it may be known to others, ask "
                           "an administrator to reset it",
                           rules.min_age.count())});
}

// The last own ones, newest first. One given out is no choice of the person's: it neither comes back nor pushes his own out.
std::vector<std::string> last_own(const LoginSecrets& secrets, std::size_t history) {
  auto last = secrets.former;
  if (!secrets.temporary && !secrets.phc.empty()) last.insert(last.begin(), secrets.phc);
  last.resize(std::min(last.size(), history));
  return last;
}

void require_fresh(const LoginSecrets& secrets, const std::string& password,
                   const PasswordRules& rules) {
  bool used = secrets.temporary && crypto::password_matches(password, secrets.phc);
  for (const auto& phc : last_own(secrets, rules.history))
    used = used || crypto::password_matches(password, phc);
  if (!used) return;
  throw Error(
      Failure::invalid, "password-reused",
      {fmt::format("新密碼不得與最近 {} 次相同，請另取一個", rules.history),
       fmt::format("the new password is one of the last {}; choose another", rules.history)});
}

LoginSecrets with_password(const LoginSecrets& secrets, std::string phc, Instant now,
                           const PasswordRules& rules) {
  LoginSecrets changed = secrets;
  changed.former = last_own(secrets, rules.history);
  changed.phc = std::move(phc);
  changed.set = now;
  changed.link.reset();
  return changed;
}

}  // namespace

std::string secrets_text(const LoginSecrets& secrets) {
  Json value = {{"phc", secrets.phc},
                {"set", secrets.set ? Json(rfc3339(*secrets.set)) : Json(nullptr)},
                {"temporary", secrets.temporary},
                {"former", secrets.former},
                {"factor", secrets.factor ? factor_json(*secrets.factor) : Json(nullptr)},
                {"passkeys", passkeys_json(secrets.passkeys)}};
  if (secrets.link) value["link"] = link_json(*secrets.link);
  return canonical(value);
}

LoginSecrets parse_secrets(const std::string& text) {
  if (text.starts_with("$")) return {text, std::nullopt, false, {}, std::nullopt};
  try {
    return secrets_from(parse_json(text));
  } catch (const std::exception&) {
    throw Error(Failure::corrupt, "login-secrets-broken",
                {"accounts.db 的登入資料無法讀取；請由復原用複本還原，或請系統管理人員重設密碼",
                 "sign-in data in accounts.db cannot be read; restore the recovery copy or reset "
                 "the password"});
  }
}

std::optional<LoginSecrets> find_secrets(store::Store& store, const std::string& account) {
  const auto text = store.password(account);
  return text ? std::optional(parse_secrets(*text)) : std::nullopt;
}

std::optional<LoginSecrets> find_secrets(const store::Now& now, const std::string& account) {
  const auto text = now.password(account);
  return text ? std::optional(parse_secrets(*text)) : std::nullopt;
}

std::string change_reason(const LoginSecrets& secrets, Instant now, const PasswordRules& rules) {
  if (secrets.temporary) return "temporary";
  return secrets.set && now - *secrets.set >= rules.max_age ? "expired" : "";
}

std::string password_mark(const LoginSecrets& secrets) {
  return hex(crypto::sha256(secrets.phc)).substr(0, 16);
}

LoginSecrets with_own_password(const LoginSecrets& secrets, const std::string& account,
                               const std::string& typed, Instant now, const PasswordRules& rules) {
  require_old_enough(secrets, now, rules);
  require_good_password(typed, account, rules);
  const auto password = password_form(typed);
  require_fresh(secrets, password, rules);
  auto changed = with_password(secrets, crypto::hash_password(password), now, rules);
  changed.temporary = false;
  return changed;
}

LoginSecrets with_temporary_password(const LoginSecrets& secrets, const std::string& password,
                                     Instant now, const PasswordRules& rules) {
  auto changed = with_password(secrets, crypto::hash_password(password), now, rules);
  changed.temporary = true;
  return changed;
}

}  // namespace vermilion::identity
