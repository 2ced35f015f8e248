// Numbers and words by which accounts are kept: rules/profile.json, "accounts".
//
// Shape    {"expiring": ["vendor", …], "hints": ["admin", …], "idle_days": 90}; the defaults where a store's profile has none.
// Errors   corrupt "bad-rules"; require_plain_name throws invalid "account-tells-rights", require_expiry conflict "expiry-needed".
// Source   seed 肆/八/(三)/2 and 4; SC-02, SC-05.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "model/person.h"
#include "store/snapshot.h"

namespace vermilion::identity {

struct AccountRules {
  std::chrono::days idle{90};      // an account not signed in to for so long is disabled
  std::vector<std::string> hints;  // what no account name may contain, lower case
  std::vector<std::string> expiring;  // roles held only by accounts with a last day
};

[[nodiscard]] AccountRules account_rules(const store::Snapshot& evidence);

// A name must not tell what its holder may do.
void require_plain_name(const AccountRules& rules, const std::string& account);

// Vendors and temporary staff have a last day.
[[nodiscard]] bool lacks_expiry(const AccountRules& rules, const model::Person& person);
void require_expiry(const AccountRules& rules, const model::Person& person);

}  // namespace vermilion::identity
