// Failures lock: so many wrong secrets in a row close an account's sign-in and signing for a while.
//
// Idea     The log itself is counted, so that it holds over a restart and over several servers. Each attempt that was judged is an entry of
//          kind "login" in the account's name; the failure that locks says "refused:account-locked". What is tried during the lock is not
//          judged and has entries of another kind, so that the last few entries of kind "login" tell all, however many tries there were.
// Rule     Failures count while each comes within the lock's length of the one before; a success or an "unlock" forgets them.
// Cost     Two questions to the catalogue, each answered by a few rows.
// Source   system_checklist SC-25.
#pragma once
#include <string>

#include "identity/login_rules.h"
#include "store/store.h"

namespace vermilion::identity {

constexpr const char* kLoginKind = "login";
constexpr const char* kLockedOutKind = "login-locked";
constexpr const char* kUnlockKind = "unlock";
constexpr const char* kFailedOutcome = "refused:login-failed";
constexpr const char* kLocksOutcome = "refused:account-locked";

struct LoginLock {
  bool locked = false;
  Instant until;          // while locked
  unsigned failures = 0;  // that still count, while not locked
};
[[nodiscard]] LoginLock login_lock(const store::Catalogue& catalogue, const std::string& account,
                                   Instant now, const LoginRules& rules);

}  // namespace vermilion::identity
