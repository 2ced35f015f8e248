// A person's own password and second factor, and what an administrator does when they are lost.
//
// Rule     A password given out by an administrator is told once, is never mailed or logged, and is good for choosing one's own alone. Who
//          changes anything of his own proves who he is in the same request.
// Log      kinds "password", "unlock" and "second-factor" on "account <account>" and what was done; refusals too.
// Errors   as identity/login_secrets.h and identity/second_factor.h; forbidden "login-failed" for a wrong current password.
// Source   seed 肆/八/(三)/6; system_checklist SC-15 to SC-22.
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"
#include "service/login.h"

namespace vermilion::service {

struct PasswordState {
  std::string change;  // why it has to be changed first: "temporary", "expired"; "" when it has not
  std::string mark;    // changes with the password; "" without one
  bool second_factor = false;
  std::size_t recovery_codes = 0;
  std::size_t passkeys = 0;
};
[[nodiscard]] PasswordState password_state(Context& context, const std::string& account);

[[nodiscard]] Json password_rules(Context& context);  // as in rules/profile.json
[[nodiscard]] std::chrono::seconds idle_time(Context& context);

// {account, act, log_index}. `current` as for a sign-in; its code is asked of whoever is not signed in yet.
[[nodiscard]] Json change_password(Context& context, const SignIn& current,
                                   const std::string& wanted);
// {account, password, …}: a temporary one.
[[nodiscard]] Json reset_password(Context& context, const std::string& account);
[[nodiscard]] Json unlock_account(Context& context, const std::string& account);

// {secret, uri}: for the device. Nothing is kept yet.
[[nodiscard]] Json offer_second_factor(Context& context, const std::string& account,
                                       const std::string& secret = "");
// {account, recovery_codes: […], …}. `current.code` comes from the device that has `secret`.
[[nodiscard]] Json enrol_second_factor(Context& context, const SignIn& current,
                                       const std::string& secret);
// With password and code.
[[nodiscard]] Json remove_second_factor(Context& context, const SignIn& current);
// By an administrator: the device and the recovery codes are lost. Passkeys go as well.
[[nodiscard]] Json reset_second_factor(Context& context, const std::string& account);

}  // namespace vermilion::service
