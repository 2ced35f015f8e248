// When the rights of everybody are reviewed: the periods of rules/profile.json, each with the day by which it has to be approved.
//
// Shape    "access_review": {"months": 6, "days": 31}: a period is that many months of a year (6: January to June, July to December), and
//          its review is to be approved within so many days after its last one.
// Errors   corrupt "bad-rules".
// Source   肆/五/(二)/3-5 (每半年); story S6.
#pragma once
#include <string>

#include "base/date.h"
#include "store/snapshot.h"

namespace vermilion::identity {

struct AccessRules {
  int months = 6;  // divides 12
  std::chrono::days grace{31};
  std::chrono::days idle{90};  // as account_rules.h says
};
[[nodiscard]] AccessRules access_rules(const store::Snapshot& evidence);

struct AccessPeriod {
  Date from;
  Date to;  // last day
  bool operator==(const AccessPeriod&) const = default;
};
// The last one that was over before `today`.
[[nodiscard]] AccessPeriod last_access_period(Date today, int months);
[[nodiscard]] Date review_due(const AccessPeriod& period, const AccessRules& rules);
[[nodiscard]] std::string period_label(const AccessPeriod& period);  // 115年上半年

}  // namespace vermilion::identity
