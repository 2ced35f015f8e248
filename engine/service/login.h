// Proving who somebody is, by password or by key: counted, logged, and locked after too many failures.
//
// Rule     Every attempt is one durable entry of its outcome (identity/login_lock.h); what is tried while an account is locked is refused
//          without being judged. Whoever fails learns the same, whatever the reason, after the same work.
// Threads  Any. Attempts for one account are judged one after the other, so that no burst of them gets more tries.
// Errors   forbidden "login-failed".
// Source   seed 肆/八/(五); system_checklist SC-23 to SC-25.
#pragma once
#include <string>

#include "service/context.h"

namespace vermilion::service {

struct SignIn {
  std::string account;
  std::string password;
  std::string code = {};  // of the second factor; asked of whoever has one
};
// By login password: enough to read, not to sign. Who has passkeys and no codes does not sign in by password alone (service/passkeys.h).
identity::Session sign_in(Context& context, const SignIn& attempt);
// The password alone, of somebody who gave his code when he signed in.
identity::Session prove_password(Context& context, const SignIn& attempt);
// By the signing key that a passphrase or a key file opens: the caller himself, or who acts at his side.
identity::Session prove_key(Context& context, const identity::Credentials& credentials);

}  // namespace vermilion::service
