#include "identity/access_rules.h"

#include <fmt/format.h>

#include "base/error.h"
#include "identity/account_rules.h"
#include "model/members.h"

namespace vermilion::identity {
namespace {

using std::chrono::months;
using std::chrono::sys_days;

constexpr int kRocBegan = 1911;

int in_range(const Json& values, const char* name, int otherwise, int most) {
  const auto number = model::member_or(values, name, otherwise);
  if (number >= 1 && number <= most) return number;
  throw Error(
      Failure::corrupt, "bad-rules",
      {fmt::format("rules/profile.json 的 {} 無法讀取，請由備份還原", name),
       fmt::format("{} in rules/profile.json cannot be read; restore it from a backup", name)});
}

}  // namespace

AccessRules access_rules(const store::Snapshot& evidence) {
  const auto bytes = evidence.read("rules/profile.json");
  const auto profile = bytes ? parse_json(*bytes) : Json::object();
  const auto review = model::member_or(profile, "access_review", Json::object());
  AccessRules rules;
  rules.months = in_range(review, "months", rules.months, 12);
  if (12 % rules.months != 0) (void)in_range({{"months", 0}}, "months", 0, 12);
  rules.grace = std::chrono::days(in_range(review, "days", int(rules.grace.count()), 366));
  rules.idle = account_rules(evidence).idle;
  return rules;
}

AccessPeriod last_access_period(Date today, int length) {
  const auto begun = (unsigned(today.month()) - 1) / unsigned(length) * unsigned(length) + 1;
  const Date next = today.year() / std::chrono::month(begun) / 1;
  return {next - months(length), Date(sys_days(next) - std::chrono::days(1))};
}

Date review_due(const AccessPeriod& period, const AccessRules& rules) {
  return Date(sys_days(period.to) + rules.grace);
}

std::string period_label(const AccessPeriod& period) {
  const int year = int(period.from.year()) - kRocBegan;
  const auto first = unsigned(period.from.month());
  const auto last = unsigned(period.to.month());
  if (last - first == 5 && (first == 1 || first == 7))
    return fmt::format("{}年{}半年", year, first == 1 ? "上" : "下");
  return fmt::format("{}年{}至{}月", year, first, last);
}

}  // namespace vermilion::identity
