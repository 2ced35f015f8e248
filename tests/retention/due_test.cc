// Terms, triggers and rules.
#include "archive.h"
#include "support/schemas.h"

using namespace archive;

namespace {

const RetentionClass kRoom{"room-3y", "機房日誌", "machine room logs", 3, Trigger::record_date,
                           false,     "辦法§4"};

RetentionClass rule(int years, Trigger trigger) {
  auto one = kRoom;
  one.years = years;
  one.trigger = trigger;
  return one;
}

std::string due_on(const RecordFacts& facts, const RetentionClass& one) {
  const auto due = due_of(facts, one, {}).due;
  return due ? iso_date(*due) : "none";
}

std::string why_not(const RecordFacts& facts, const RetentionClass& one, const char* day,
                    const std::vector<Hold>& holds = {}) {
  const auto why = obstacle(facts, one, holds, parse_date(day));
  return why ? why->code : "";
}

Hold hold_of_form(const char* from, const char* to) {
  Hold hold;
  hold.id = "01JDB3J9M0000000000000000H";
  hold.scope.form = "room-daily-log";
  if (*from) hold.scope.from = parse_date(from);
  if (*to) hold.scope.to = parse_date(to);
  return hold;
}

std::string refused(const std::string& rules) {
  Archive archive;
  archive.put("rules/retention.json", rules);
  return archive.refusal([&] { (void)RetentionRules(archive.store().evidence()); });
}

std::string rules_with(const std::string& member, const Json& value) {
  Json row = {{"id", "room-3y"}, {"zh", "機房日誌"},         {"en", "room logs"},  {"years", 3},
              {"basis", "§4"},   {"trigger", "record-date"}, {"track", "internal"}};
  row[member] = value;
  return Json::array({row}).dump();
}

}  // namespace

TEST_CASE("a record is due on the day after the last day of its term", "[retention]") {
  auto facts = room_log("112.3.1");
  CHECK(due_on(facts, rule(3, Trigger::record_date)) == "2026-03-02");
  CHECK(due_on(facts, rule(5, Trigger::year_end)) == "2029-01-01");
  facts.completed = parse_date("2023-06-30");
  CHECK(due_on(facts, rule(1, Trigger::completed)) == "2024-07-01");
  facts.superseded = parse_date("2024-01-01");
  CHECK(due_on(facts, rule(10, Trigger::superseded)) == "2035-01-01");
  facts.employment_end = parse_date("2025-12-31");
  CHECK(due_on(facts, rule(15, Trigger::employment_end)) == "2041-01-01");
}

TEST_CASE("a term from a leap day ends on the last of February", "[retention]") {
  CHECK(due_on(room_log("2024-02-29"), rule(3, Trigger::record_date)) == "2027-03-01");
  CHECK(due_on(room_log("2024-02-29"), rule(20, Trigger::record_date)) == "2044-03-01");
  CHECK(due_on(room_log("2023-02-28"), rule(1, Trigger::record_date)) == "2024-02-29");
}

TEST_CASE("without its trigger, or kept permanently, a record is never due", "[retention]") {
  auto facts = room_log();
  facts.completed.reset();
  for (const auto trigger : {Trigger::completed, Trigger::superseded, Trigger::employment_end})
    CHECK(due_on(facts, rule(1, trigger)) == "none");
  auto permanent = kRoom;
  permanent.years.reset();
  CHECK(due_on(facts, permanent) == "none");
  CHECK(due_of(facts, permanent, {}).because.zh == "機房日誌 永久保存，不得銷毀（辦法§4）");
}

TEST_CASE("no term begins before the record was filed", "[retention]") {
  auto facts = room_log("112.3.1");
  facts.not_before = parse_date("115.11.20");
  CHECK(due_on(facts, kRoom) == "2029-11-21");
  CHECK(why_not(facts, kRoom, "2026-11-22") == "not-due");
  CHECK(due_of(facts, kRoom, {}).because.zh.find("自登錄日 民國115年11月20日 起算") !=
        std::string::npos);
  facts.employment_end = parse_date("90.1.1");
  CHECK(due_on(facts, rule(15, Trigger::employment_end)) == "2041-11-21");
  CHECK(due_on(facts, rule(3, Trigger::year_end)) == "2029-11-21");
  facts.not_before = facts.date;
  CHECK(due_on(facts, kRoom) == "2026-03-02");
  CHECK(due_of(facts, kRoom, {}).because.zh.find("自紀錄日") != std::string::npos);
}

TEST_CASE("a corrected record that will never be completed falls due all the same", "[retention]") {
  auto facts = room_log("112.3.1");
  facts.completed.reset();
  facts.closed = true;
  facts.superseded = parse_date("112.4.1");
  CHECK(why_not(facts, kRoom, "2026-03-01") == "not-due");
  CHECK(why_not(facts, kRoom, "2026-03-02") == "");
  CHECK(due_on(facts, rule(1, Trigger::completed)) == "2024-04-02");
}

TEST_CASE("why a record is due is said in both languages, with the dates of the republic",
          "[retention]") {
  const auto because = due_of(room_log("112.3.1"), kRoom, {}).because;
  CHECK(because.zh ==
        "機房日誌 3 年，自紀錄日 民國112年3月1日 起算，至 民國115年3月1日 屆滿，民國115年3月2日 "
        "起得銷毀（辦法§4）");
  CHECK(
      because.en ==
      "machine room logs: 3 years from the record's date, 2023-03-01 (民國112年3月1日), to "
      "2026-03-01 (民國115年3月1日); may be destroyed from 2026-03-02 (民國115年3月2日) (辦法§4)");
}

TEST_CASE("what stands against a destruction is named", "[retention]") {
  const auto facts = room_log("112.3.1");
  CHECK(why_not(facts, kRoom, "2026-03-01") == "not-due");
  CHECK(why_not(facts, kRoom, "2026-03-02") == "");
  auto open = facts;
  open.completed.reset();
  CHECK(why_not(open, kRoom, "2026-03-02") == "record-incomplete");
  CHECK(why_not(facts, rule(3, Trigger::employment_end), "2026-03-02") == "trigger-open");
  auto permanent = kRoom;
  permanent.years.reset();
  CHECK(why_not(facts, permanent, "2126-03-02") == "retention-permanent");
}

TEST_CASE("a hold stands against it as long as it is not released, whatever else does",
          "[retention]") {
  const auto facts = room_log("112.3.1");
  auto hold = hold_of_form("", "");
  CHECK(why_not(facts, kRoom, "2026-03-02", {hold}) == "held");
  CHECK(why_not(facts, kRoom, "2026-03-01", {hold}) == "held");
  CHECK(due_of(facts, kRoom, {hold}).holds == std::vector<std::string>{hold.id});
  hold.released = parse_instant("2026-01-01T00:00:00Z");
  CHECK(why_not(facts, kRoom, "2026-03-02", {hold}) == "");
}

TEST_CASE("a hold of a form takes the days from first to last, both included", "[retention]") {
  const auto facts = room_log("112.3.1");
  CHECK(holds_record(hold_of_form("112.3.1", "112.3.1"), facts));
  CHECK(holds_record(hold_of_form("112.3.1", ""), facts));
  CHECK(holds_record(hold_of_form("", "112.3.1"), facts));
  CHECK_FALSE(holds_record(hold_of_form("112.3.2", ""), facts));
  CHECK_FALSE(holds_record(hold_of_form("", "112.2.28"), facts));
  auto other = facts;
  other.form = "nda-employee";
  CHECK_FALSE(holds_record(hold_of_form("", ""), other));
}

TEST_CASE("a hold on a record follows its corrections", "[retention]") {
  auto facts = room_log("112.3.1");
  facts.id = "01JDB3J9M0000000000000000C";
  facts.corrects = {"01JDB3J9M0000000000000000B", "01JDB3J9M0000000000000000A"};
  Hold hold;
  hold.scope.records = {"01JDB3J9M0000000000000000A"};
  CHECK(holds_record(hold, facts));
  hold.scope.records = {"01JDB3J9M0000000000000000D"};
  CHECK_FALSE(holds_record(hold, facts));
}

TEST_CASE("the rules a store begins with fit their schema and can be used", "[retention]") {
  CHECK(schema_faults("retention", parse_json(default_retention_rules())).empty());
  Archive archive;
  const RetentionRules rules(archive.store().evidence());
  CHECK(rules.require("room-3y").years == 3);
  CHECK(rules.require("nda-15y").trigger == Trigger::employment_end);
  CHECK(rules.require("archive-10y").archive);
  CHECK_FALSE(rules.require("people").years);
  for (const auto& one : rules.classes()) CHECK_FALSE(one.basis.empty());
  CHECK(archive.refusal([&] { (void)rules.require("room-4y"); }) == "unknown-retention");
}

TEST_CASE("rules that are not the law's, or not to be read, are refused", "[retention]") {
  CHECK(refused(rules_with("years", 3)) == "done");
  CHECK(refused(rules_with("years", nullptr)) == "done");
  CHECK(refused(rules_with("years", 7)) == "bad-rules");
  CHECK(refused(rules_with("years", "3")) == "bad-rules");
  CHECK(refused(rules_with("trigger", "birthday")) == "bad-rules");
  CHECK(refused(rules_with("track", "")) == "bad-rules");
  CHECK(refused(rules_with("id", "機房")) == "bad-rules");
  CHECK(refused("{}") == "bad-rules");
  CHECK(refused("[") == "bad-rules");
  const auto one = rules_with("years", 3);
  CHECK(refused(one.substr(0, one.size() - 1) + "," + one.substr(1)) == "bad-rules");
  Office office;
  CHECK(office.refusal([&] { (void)RetentionRules(office.store().evidence()); }) == "bad-rules");
}
