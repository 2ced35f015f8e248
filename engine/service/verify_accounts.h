// The verifier's part about accounts: nobody may use one that another person did not sign for.
#pragma once
#include <functional>
#include <string>

#include "base/fault.h"
#include "service/context.h"

namespace vermilion::service {

struct AccountChecks {
  std::function<bool(const std::string& account)> wanted;
  std::function<void()> count;  // called for each one
  Fault fault;
};
// Each account that is open has the statement that opened it, by somebody who might, and its last days and moves as they were signed for;
// a leaver that is closed has his, with no role and no certificate left; a shared account has a custodian and no certificate. Nobody has
// two accounts.
void check_accounts(Context& context, const AccountChecks& checks);

}  // namespace vermilion::service
