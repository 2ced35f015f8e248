#include "identity/account_rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/json.h"

namespace vermilion::identity {

AccountRules account_rules(const store::Snapshot& evidence) {
  AccountRules rules{
      .hints = {"admin", "root", "super", "sysop", "mgr", "manager", "audit", "boss", "chief"},
      .expiring = {"vendor", "temporary"}};
  const auto bytes = evidence.read("rules/profile.json");
  if (!bytes) return rules;
  try {
    const auto accounts = parse_json(*bytes).value("accounts", Json::object());
    rules.idle = std::chrono::days(accounts.value("idle_days", rules.idle.count()));
    rules.hints = accounts.value("hints", rules.hints);
    rules.expiring = accounts.value("expiring", rules.expiring);
    if (rules.idle.count() > 0) return rules;
  } catch (const Json::exception&) {
  }
  throw Error(Failure::corrupt, "bad-rules",
              {"rules/profile.json 的 accounts 無法讀取，請由備份還原",
               "accounts in rules/profile.json cannot be read; restore it from a backup"});
}

void require_plain_name(const AccountRules& rules, const std::string& account) {
  for (const auto& hint : rules.hints) {
    if (account.find(hint) == account.npos) continue;
    throw Error(
        Failure::invalid, "account-tells-rights",
        {fmt::format("帳號「{}」含有「{}」，會透露權限；請改用不顯示職權的名稱", account, hint),
         fmt::format(
             "the account '{}' contains '{}', which tells of rights; choose a name that does not",
             account, hint)});
  }
}

bool lacks_expiry(const AccountRules& rules, const model::Person& person) {
  return !person.expires &&
         std::any_of(person.roles.begin(), person.roles.end(), [&](const auto& held) {
           return std::find(rules.expiring.begin(), rules.expiring.end(), held.role) !=
                  rules.expiring.end();
         });
}

void require_expiry(const AccountRules& rules, const model::Person& person) {
  if (!lacks_expiry(rules, person)) return;
  throw Error(
      Failure::conflict, "expiry-needed",
      {fmt::format("帳號「{}」為委外或臨時人員，須有最後可用日；請以 person extend --until 訂定",
                   person.account),
       fmt::format("'{}' is a vendor's or temporary: give the account a last day first "
                   "('person extend --until')",
                   person.account)});
}

}  // namespace vermilion::identity
