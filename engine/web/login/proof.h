// The login password proved once more, as at the sign-in: it waits its turn for Argon2, and each failure makes the next try wait longer.
#pragma once
#include "web/visit.h"

namespace vermilion::web {

// The form's field "password". Throws forbidden "login-failed"; logged either way.
void prove_password(Visit& visit, const std::string& account);
// problem_json says of a failed sign-in what is true of a passphrase; here it is the password.
[[nodiscard]] Error told_of_password(const Error& error);

}  // namespace vermilion::web
