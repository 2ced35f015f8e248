#include "identity/login_rules.h"

#include "base/error.h"
#include "base/json.h"

namespace vermilion::identity {
namespace {

[[noreturn]] void bad_login_rules() {
  throw Error(Failure::corrupt, "bad-rules",
              {"rules/profile.json 的 password 或 login 無法讀取，請由備份還原",
               "password or login in rules/profile.json cannot be read; restore it from a backup"});
}

Json section(const store::Snapshot& evidence, const char* name) {
  const auto bytes = evidence.read("rules/profile.json");
  if (!bytes) return Json::object();
  const auto profile = parse_json(*bytes);
  const auto found = profile.find(name);
  if (found == profile.end()) return Json::object();
  if (!found->is_object()) bad_login_rules();
  return *found;
}

// A whole number that is neither below `least` nor beyond all use.
int number(const Json& values, const char* name, long long otherwise, int least) {
  constexpr int most = 10000;
  const auto found = values.find(name);
  if (found == values.end()) return static_cast<int>(otherwise);
  if (!found->is_number_integer() || *found < least || *found > most) bad_login_rules();
  return found->get<int>();
}

}  // namespace

PasswordRules password_rules(const store::Snapshot& evidence) {
  const auto values = section(evidence, "password");
  PasswordRules rules;
  rules.min_length =
      static_cast<std::size_t>(number(values, "min_length", int(rules.min_length), 1));
  rules.classes = number(values, "classes", rules.classes, 1);
  rules.history = static_cast<std::size_t>(number(values, "history", int(rules.history), 0));
  rules.min_age = std::chrono::days(number(values, "min_age_days", rules.min_age.count(), 0));
  rules.max_age = std::chrono::days(number(values, "max_age_days", rules.max_age.count(), 1));
  return rules;
}

LoginRules login_rules(const store::Snapshot& evidence) {
  const auto values = section(evidence, "login");
  LoginRules rules;
  rules.failures = static_cast<unsigned>(number(values, "failures", rules.failures, 1));
  rules.lock = std::chrono::minutes(number(values, "lock_minutes", rules.lock.count(), 1));
  rules.idle = std::chrono::minutes(number(values, "idle_minutes", rules.idle.count(), 1));
  rules.link = std::chrono::hours(
      number(values, "link_hours", static_cast<long long>(rules.link.count()), 1));
  const auto passkey = values.find("passkey");
  if (passkey == values.end()) return rules;
  if (*passkey != "alone" && *passkey != "with-password") bad_login_rules();
  rules.passkey_alone = *passkey == "alone";
  return rules;
}

}  // namespace vermilion::identity
