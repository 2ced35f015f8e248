// One attempt to prove who somebody is, counted and logged whatever proves it. For service/login.h and its like.
//
// Order    The heavy work comes before; `judge` costs nothing that could be measured. It runs while no other attempt for the account does, and
//          is heeded only if the account is not locked.
// Errors   forbidden "login-failed".
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "service/context.h"

namespace vermilion::service {

struct Proof {
  identity::Session session;
  // Further changes of the entry's act: a code that is used up. May throw "login-failed".
  std::function<void(const store::Now&, store::Changes&)> also = {};
};
// Nothing when the secret is wrong; "login-failed" thrown says the same.
using Judge = std::function<std::optional<Proof>()>;

struct SignIn;  // login.h
// Whose password, or the like, was right: his code is used up, if he has a second factor; "login-failed" if he has passkeys
// and no codes, for then the password alone is not enough.
[[nodiscard]] Proof proof_with_code(Context& context, const SignIn& tried);

identity::Session attempt(Context& context, const std::string& account, const Judge& judge);

[[noreturn]] void sign_in_failed();

}  // namespace vermilion::service
