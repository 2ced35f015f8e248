// The office in January 2027, when the rights of July to December 2026 are to be reviewed.
//
//   wu06   reviews for 監資處            zhao02 is the system owner
//   sun05  proposes                      chen04 and qian08 approve
//   zhou07 (監資處) holds staff and, for 政風室, countersigner
#pragma once
#include "bureau.h"
#include "service/access_review.h"
#include "support/schemas.h"

namespace bureau {

class AccessBureau : public Bureau {
 public:
  explicit AccessBureau(const std::string& now = "2027-01-04T01:00:00Z") {
    give("zhao02", "maintainer");
    give("wu06", "unit-head", "監資處");
    give("sun05", "secretary");
    give("zhou07", "staff");
    give("zhou07", "countersigner", "政風室");
    clock.set(now);
    acknowledge_clock();
  }

  void give(const std::string& account, const std::string& role, const std::string& unit = "") {
    identity::grant_role(store(), account,
                         {role, unit, parse_date("2026-11-22"), std::nullopt, "init"},
                         act("role", "account " + account, "system"));
  }

  std::string open() {
    auto sun = as("sun05");
    return service::open_access_review(sun)["id"];
  }
  [[nodiscard]] Json shown(const std::string& account = "sun05") {
    auto context = as(account);
    return service::show_access_review(context, "");
  }
  // The number of the row of that kind, account and thing.
  [[nodiscard]] std::size_t row(const std::string& kind, const std::string& account,
                                const std::string& what = "") {
    const auto review = shown();
    for (const auto& one : review["list"]) {
      const bool same = what.empty() || one["what"] == what;
      if (one["kind"] == kind && one["account"] == account && same)
        return one["row"].get<std::size_t>();
    }
    throw Bug("no such row");
  }
  void decide(const std::string& account, const std::vector<service::RowDecision>& decisions) {
    auto context = as(account);
    (void)service::decide_access_rows(context, "", decisions);
  }
  // Keeps whatever is left for that person to decide.
  void keep_the_rest(const std::string& account) {
    std::vector<service::RowDecision> decisions;
    const auto review = shown(account);
    for (const auto& one : review["list"]) {
      if (one["mine"].get<bool>() && one["decision"].is_null())
        decisions.push_back({one["row"].get<std::size_t>(), "keep", "業務需要", ""});
    }
    if (!decisions.empty()) decide(account, decisions);
  }
  void propose() {
    auto sun = as("sun05");
    (void)service::propose_improvements(sun, "",
                                        {"單位異動時同日收回角色", "每月清查久未使用帳號"});
  }
  void approve() {
    auto chen = as("chen04");
    (void)service::approve_access_review(chen, "");
  }
  [[nodiscard]] Json verified() {
    auto console = this->console();
    return service::verify_store(console, {})["problems"];
  }
  // Which role the person holds today, for that unit.
  [[nodiscard]] bool holds(const std::string& account, const std::string& role) {
    const auto person = identity::require_person(store().evidence(), account);
    return model::holds(person, role, date_at(clock.now(), "Asia/Taipei"));
  }
};

}  // namespace bureau
