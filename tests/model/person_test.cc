#include "model/person.h"

#include "base/error.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::model;

namespace {

Person with_role(const std::string& unit, const char* from, const char* to) {
  Person p;
  p.account = "wang03";
  p.authorised = parse_instant("2025-12-31T00:00:00Z");
  p.roles = {{"countersigner", unit, parse_date(from),
              to ? std::optional(parse_date(to)) : std::nullopt, "hsu01"}};
  return p;
}

bool on(const Person& p, const char* day, const std::string& unit = "") {
  return holds(p, "countersigner", parse_date(day), unit);
}

}  // namespace

TEST_CASE("a person and a profile read back as they were written", "[model]") {
  auto person = samples::person();
  CHECK(to_json(person_from(to_json(person))) == to_json(person));
  person.disabled = parse_date("2026-12-31");
  CHECK(person_from(to_json(person)).disabled == parse_date("115.12.31"));
  const Profile profile{"林堃", "監資處", "處長", "", "A1048",
                        {{"水保處", "專門委員", parse_date("2027-01-01")}}};
  CHECK(to_json(profile_from(to_json(profile))) == to_json(profile));
}

TEST_CASE("[SC-07] 單位與職稱依日期 unit and title are those of the day asked for", "[model][SC-07]") {
  const Profile profile{"林堃", "監資處", "技正", "", "",
                        {{"水保處", "科長", parse_date("2026-03-01")},
                         {"政風室", "專員", parse_date("2027-01-01")}}};
  const auto unit_on = [&](const char* day) { return profile_on(profile, parse_date(day)).unit; };
  CHECK(unit_on("2026-02-28") == "監資處");
  CHECK(unit_on("2026-03-01") == "水保處");
  CHECK(unit_on("2026-12-31") == "水保處");
  CHECK(profile_on(profile, parse_date("2027-01-01")).title == "專員");
}

TEST_CASE("[SC-03] 未核准、過期或離職者無角色 who is not authorised, expired or gone holds nothing",
          "[model][SC-03]") {
  auto p = with_role("", "2026-01-01", nullptr);
  p.expires = parse_date("2026-06-30");
  CHECK(on(p, "2026-06-30"));
  CHECK_FALSE(on(p, "2026-07-01"));
  p.last_day = parse_date("2026-03-31");
  CHECK(on(p, "2026-03-31"));
  CHECK_FALSE(on(p, "2026-04-01"));
  p.authorised.reset();
  CHECK_FALSE(on(p, "2026-03-31"));
  CHECK(is_given(p, "countersigner", parse_date("2026-03-31")));
  CHECK_FALSE(is_active(p, parse_date("2026-03-31")));
}

TEST_CASE("a person that cannot be read is invalid", "[model]") {
  for (const char* place : {"/account", "/roles/0/role", "/roles/0/from", "/certificates/0/sha256",
                            "/certificates/0/not_after"}) {
    INFO(place);
    auto value = to_json(samples::person());
    value[Json::json_pointer(place)] = 7;
    CHECK_THROWS_AS(person_from(value), Error);
  }
  for (const char* place : {"/roles", "/certificates", "/profile"}) {
    INFO(place);
    auto value = to_json(samples::person());
    value[Json::json_pointer(place)] = 7;
    CHECK_THROWS_AS(person_from(value), Error);
  }
  CHECK_THROWS_AS(person_from(Json("lin01")), Error);
}

TEST_CASE("a role is held from its first day to its last, both included", "[model]") {
  const auto p = with_role("", "2026-03-01", "2026-03-31");
  CHECK_FALSE(on(p, "2026-02-28"));
  CHECK(on(p, "2026-03-01"));
  CHECK(on(p, "2026-03-31"));
  CHECK_FALSE(on(p, "2026-04-01"));
  CHECK(on(with_role("", "2026-03-01", nullptr), "2099-12-31"));
  CHECK_FALSE(holds(p, "approver", parse_date("2026-03-15")));
}

TEST_CASE("a role for one unit does not serve another", "[model]") {
  const auto p = with_role("政風室", "2026-01-01", nullptr);
  CHECK(on(p, "2026-03-01", "政風室"));
  CHECK_FALSE(on(p, "2026-03-01", "人事室"));
  CHECK(on(p, "2026-03-01"));
  CHECK(on(with_role("", "2026-01-01", nullptr), "2026-03-01", "人事室"));
}

TEST_CASE("a disabled person holds nothing from that day on, and what he held before still counts",
          "[model]") {
  auto p = with_role("", "2026-01-01", nullptr);
  p.disabled = parse_date("2026-06-01");
  CHECK(on(p, "2026-05-31"));
  CHECK_FALSE(on(p, "2026-06-01"));
}

TEST_CASE("two intervals of one role leave the gap between them", "[model]") {
  auto p = with_role("", "2026-01-01", "2026-01-31");
  p.roles.push_back({"countersigner", "", parse_date("2026-03-01"), std::nullopt, "hsu01"});
  CHECK(on(p, "2026-01-15"));
  CHECK_FALSE(on(p, "2026-02-15"));
  CHECK(on(p, "2026-03-15"));
}

TEST_CASE("an account is lower-case letters, digits and '-', and no reserved name",
          "[model]") {
  for (const char* account : {"lin01", "a-b", "a-1"}) CHECK_NOTHROW(require_account_name(account));
  for (const std::string account : {"", "ab", "1ab", "Lin01", "林堃", "a b", "a_1", "a/b", "../x", "local",
                                    "system", "abcdefghijabcdefghijabcdefghijabc"}) {
    INFO(account);
    CHECK_THROWS_AS(require_account_name(account), Error);
  }
}
