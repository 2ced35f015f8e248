// The numbers of passwords and sign-ins, as the store's rules give them.
//
// Shape    rules/profile.json, "password": {min_length, classes, history, min_age_days, max_age_days} and "login": {failures,
//          lock_minutes, idle_minutes, link_hours, passkey}; where a store's profile says nothing, the values below.
// Errors   corrupt "bad-rules".
// Source   seed 肆/八/(三)/6, 肆/八/(五); system_checklist SC-11 to SC-26.
#pragma once
#include <chrono>

#include "store/snapshot.h"

namespace vermilion::identity {

struct PasswordRules {
  std::size_t min_length = 12;  // code points
  int classes = 3;              // of upper case, lower case, digits, others
  std::size_t history = 3;      // last passwords that do not come back
  std::chrono::days min_age{1};
  std::chrono::days max_age{90};
};
[[nodiscard]] PasswordRules password_rules(const store::Snapshot& evidence);

struct LoginRules {
  unsigned failures = 5;
  std::chrono::minutes lock{15};
  std::chrono::minutes idle{15};
  std::chrono::hours link{24};  // a one-time link to choose a password is good for
  bool passkey_alone = true;  // "passkey": "alone"; false, "with-password": it stands beside the password only
};
[[nodiscard]] LoginRules login_rules(const store::Snapshot& evidence);

}  // namespace vermilion::identity
