#include "service/passwords.h"

#include <fmt/format.h>

#include "base/error.h"
#include "crypto/one_time_code.h"
#include "identity/login_lock.h"
#include "identity/password_policy.h"
#include "identity/people.h"
#include "identity/second_factor.h"
#include "service/own_secrets.h"

namespace vermilion::service {

using identity::LoginSecrets;

namespace {

constexpr const char* kFactorKind = "second-factor";

Json without_factor(Context& context, const store::Act& act, const std::string& account) {
  const auto before = secrets_of(context, account);
  auto after = before;
  after.factor.reset();
  return keep_secrets(context, act, account, before, after);
}

[[noreturn]] void has_factor() {
  throw Error(Failure::conflict, "second-factor-set",
              {"已設定驗證碼；要換裝置請先移除", "a second factor is set; remove it first"});
}

}  // namespace

PasswordState password_state(Context& context, const std::string& account) {
  const auto secrets = identity::find_secrets(context.store(), account);
  if (!secrets) return {};
  const auto rules = identity::password_rules(context.store().evidence());
  return {identity::change_reason(*secrets, context.store().clock().now(), rules),
          identity::password_mark(*secrets), secrets->factor.has_value(),
          secrets->factor ? secrets->factor->recovery.size() : 0, secrets->passkeys.size()};
}

Json password_rules(Context& context) {
  const auto rules = identity::password_rules(context.store().evidence());
  return {{"min_length", rules.min_length},
          {"classes", rules.classes},
          {"history", rules.history},
          {"min_age_days", rules.min_age.count()},
          {"max_age_days", rules.max_age.count()}};
}

std::chrono::seconds idle_time(Context& context) {
  return identity::login_rules(context.store().evidence()).idle;
}

Json change_password(Context& context, const SignIn& current, const std::string& wanted) {
  if (context.caller().signed_in) {
    prove_password(context, current);
  } else {
    sign_in(context, current);
  }
  const auto act = own_act(context, kPasswordKind, current.account, "");
  return own_change(context, act, [&] {
    const auto before = secrets_of(context, current.account);
    const auto after =
        identity::with_own_password(before, current.account, wanted, context.store().clock().now(),
                                    identity::password_rules(context.store().evidence()));
    return keep_secrets(context, act, current.account, before, after);
  });
}

Json reset_password(Context& context, const std::string& account) {
  const auto password = identity::random_password();
  auto answer =
      administer_login(context, kPasswordKind, account, " reset", [&](const LoginSecrets& before) {
        return identity::with_temporary_password(
            before, password, context.store().clock().now(),
            identity::password_rules(context.store().evidence()));
      });
  answer["password"] = password;
  return answer;
}

Json unlock_account(Context& context, const std::string& account) {
  Json answer;
  recorded(context, identity::kUnlockKind, of_account(account), [&] {
    context.require_right(kAdministers);
    (void)identity::require_person(context.store().evidence(), account);
    const auto receipt =
        context.store().commit(context.act(identity::kUnlockKind, of_account(account)));
    answer = {{"account", account}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

Json offer_second_factor(Context& context, const std::string& account, const std::string& secret) {
  const auto text = secret.empty() ? crypto::base32(crypto::new_code_secret()) : secret;
  return {{"secret", text},
          {"uri", identity::factor_uri(context.store().settings().name, account, text)}};
}

Json enrol_second_factor(Context& context, const SignIn& current, const std::string& secret) {
  prove_password(context, current);
  const auto& account = current.account;
  const auto act = own_act(context, kFactorKind, account, " enrolled");
  return own_change(context, act, [&] {
    const auto before = secrets_of(context, account);
    if (before.factor) has_factor();
    const auto fresh = identity::make_factor(context.store(), account, secret, current.code,
                                             context.store().clock().now());
    auto after = before;
    after.factor = fresh.factor;
    auto answer = keep_secrets(context, act, account, before, after);
    answer["recovery_codes"] = fresh.recovery_codes;
    return answer;
  });
}

Json remove_second_factor(Context& context, const SignIn& current) {
  sign_in(context, current);
  const auto act = own_act(context, kFactorKind, current.account, " removed");
  return own_change(context, act, [&] { return without_factor(context, act, current.account); });
}

Json reset_second_factor(Context& context, const std::string& account) {
  return administer_login(context, kFactorKind, account, " reset", [](LoginSecrets secrets) {
    secrets.factor.reset();
    secrets.passkeys.clear();
    return secrets;
  });
}

}  // namespace vermilion::service
