// Changing what a person's sign-in is checked against: for service/passwords.h, passkeys.h and password_link.h.
//
// Errors   conflict "secrets-changed".
#pragma once
#include <functional>
#include <string>

#include "base/json.h"
#include "identity/login_secrets.h"
#include "service/context.h"

namespace vermilion::service {

inline constexpr const char* kPasswordKind = "password";  // of log entries
inline constexpr const char* kAdministers = "person.add";

[[nodiscard]] std::string of_account(const std::string& account);  // "account tsai08"
// Empty ones for whoever has none.
[[nodiscard]] identity::LoginSecrets secrets_of(Context& context, const std::string& account);
// {account, act, log_index}. Only if they are still as judged before.
Json keep_secrets(Context& context, store::Act act, const std::string& account,
                  const identity::LoginSecrets& before, const identity::LoginSecrets& after);

// An administrator's act on somebody's sign-in, under its right: {account, act, log_index}.
Json administer_login(
    Context& context, const std::string& kind, const std::string& account, const std::string& what,
    const std::function<identity::LoginSecrets(const identity::LoginSecrets&)>& change);

// Of somebody who has just proved who he is: the act in his name, and the change, whose refusal is logged as one.
[[nodiscard]] store::Act own_act(Context& context, const std::string& kind,
                                 const std::string& account, const std::string& what);
Json own_change(Context& context, const store::Act& act, const std::function<Json()>& change);

}  // namespace vermilion::service
