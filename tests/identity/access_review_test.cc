// Periods, the days by which they are reviewed, and whose a row is.
#include "identity/access_review.h"

#include "support/office.h"

using namespace office;
using identity::AccessPeriod;

namespace {

AccessPeriod period(const char* from, const char* to) { return {parse_date(from), parse_date(to)}; }

identity::AccessRow row(const std::string& account, const std::vector<std::string>& reviewers) {
  identity::AccessRow one;
  one.kind = "role";
  one.account = account;
  one.reviewers = reviewers;
  return one;
}

std::string verdict(const identity::AccessRow& one, const evidence::Persons& persons) {
  const auto refusal = identity::cannot_decide(one, persons, {"wang03", "zhao02"});
  return refusal ? refusal->code : "may";
}

}  // namespace

TEST_CASE("the period to review is the last one that is over", "[identity]") {
  CHECK(identity::last_access_period(parse_date("2026-07-01"), 6) ==
        period("2026-01-01", "2026-06-30"));
  CHECK(identity::last_access_period(parse_date("2026-12-31"), 6) ==
        period("2026-01-01", "2026-06-30"));
  CHECK(identity::last_access_period(parse_date("2027-01-01"), 6) ==
        period("2026-07-01", "2026-12-31"));
  CHECK(identity::last_access_period(parse_date("2026-05-10"), 3) ==
        period("2026-01-01", "2026-03-31"));
  CHECK(identity::last_access_period(parse_date("2026-05-10"), 12) ==
        period("2025-01-01", "2025-12-31"));
  CHECK(identity::period_label(period("2026-01-01", "2026-06-30")) == "115年上半年");
  CHECK(identity::period_label(period("2026-04-01", "2026-06-30")) == "115年4至6月");
  CHECK(iso_date(identity::review_due(period("2026-01-01", "2026-06-30"), {})) == "2026-07-31");
}

TEST_CASE("a period that was over before the store was made is not asked for", "[identity]") {
  Office at;
  CHECK_FALSE(identity::period_to_review(at.store()));
  CHECK(at.refusal([&] {
    (void)identity::open_access_review(at.store(), act("access-review", "", "sun05"));
  }) == "access-review-not-due");
  at.clock.set("2027-01-01T00:00:00Z");
  CHECK(identity::period_to_review(at.store()) == period("2026-07-01", "2026-12-31"));
}

TEST_CASE("a row is for those it names, then for anybody who reviews, never for its holder",
          "[identity]") {
  const auto named = row("lin01", {"wang03"});
  CHECK(verdict(named, {"wang03"}) == "may");
  CHECK(verdict(named, {"zhao02"}) == "not-the-reviewer");
  CHECK(verdict(named, {"lin01"}) == "reviews-own-access");
  CHECK(verdict(named, {"wang03", "lin01"}) == "reviews-own-access");  // for the holder himself
  CHECK(verdict(row("lin01", {"sun05"}), {"zhao02"}) == "may");        // sun05 reviews no more
  CHECK(verdict(row("lin01", {}), {"zhao02"}) == "may");
  auto delegation = row("chen04", {"wang03"});
  delegation.kind = "delegation";
  delegation.detail = "wang03";
  CHECK(verdict(delegation, {"wang03"}) == "reviews-own-access");
}

TEST_CASE("rows and their JSON are the same both ways", "[identity]") {
  Office at;
  at.clock.set("2027-01-04T01:00:00Z");
  const auto rows = identity::gather_access(
      at.store(), {at.store().evidence().commit()->hex(), at.mark().log_size, at.clock.now()});
  CHECK(rows.size() == 3 * kStaff.size() - 1);  // account, role, key; zhou07 has no role
  for (const auto& one : rows) {
    const auto json = identity::to_json(one);
    CHECK(identity::to_json(identity::access_row_from(json)) == json);
  }
}

TEST_CASE("a shared account is flagged, its last day shown, and one that expired is not listed",
          "[identity]") {
  Office at;
  identity::NewPerson duty{"duty30", {"值勤室", "監資處", "", ""}, ""};
  duty.shared = model::SharedAccount{"環署監字第1150001號", "wu06"};
  duty.expires = parse_date("2027-01-04");
  identity::add_person(at.store(), duty, act("person", "account duty30", "system"));
  const auto listed = [&] {
    const auto rows = identity::gather_access(
        at.store(), {at.store().evidence().commit()->hex(), at.mark().log_size, at.clock.now()});
    const auto found =
        std::find_if(rows.begin(), rows.end(), [](const auto& r) { return r.account == "duty30"; });
    return found == rows.end() ? std::nullopt : std::optional(*found);
  };
  at.clock.set("2027-01-04T01:00:00Z");
  const auto row = listed();
  REQUIRE(row);
  CHECK(row->to == duty.expires);
  CHECK(row->flags == std::set<std::string>{"shared"});
  at.clock.set("2027-01-05T01:00:00Z");
  CHECK_FALSE(listed());
}
