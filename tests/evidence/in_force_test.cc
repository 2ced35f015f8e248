// Which version is in force on which day.
#include "evidence/revision.h"

using namespace vermilion;
using namespace vermilion::evidence;
using model::Publication;
using model::Version;

namespace {

Publication published(const char* version, const char* effective) {
  Publication p;
  p.id = "ISMS-01-002";
  p.version = Version::parse(version);
  p.effective = parse_date(effective);
  return p;
}

const std::vector<Publication> kHistory = {published("3.4", "民國100年9月16日"),
                                           published("3.5", "民國104年9月1日"),
                                           published("3.6", "民國115年12月1日")};

std::string in_force(const char* day, const std::vector<Publication>& publications = kHistory,
                     const std::optional<Withdrawal>& withdrawal = std::nullopt) {
  const auto version = in_force_on(parse_date(day), publications, withdrawal);
  return version ? version->text() : "none";
}

std::string state(const char* version, const char* day,
                  const std::optional<Withdrawal>& withdrawal = std::nullopt) {
  for (const auto& p : kHistory) {
    if (p.version.text() == version)
      return state_name(published_state(p, parse_date(day), kHistory, withdrawal));
  }
  return "unknown";
}

}  // namespace

TEST_CASE("a version is in force from its effective day until the day before its successor's [SC-58]",
          "[evidence]") {
  CHECK(in_force("2011-09-15") == "none");
  CHECK(in_force("2011-09-16") == "3.4");
  CHECK(in_force("2015-08-31") == "3.4");
  CHECK(in_force("2015-09-01") == "3.5");
  CHECK(in_force("2026-11-30") == "3.5");
  CHECK(in_force("2026-12-01") == "3.6");
  CHECK(in_force("2099-01-01") == "3.6");
  CHECK(in_force("2026-12-01", {}) == "none");
}

TEST_CASE(
    "of two versions effective on one day the higher is in force, in whatever order they are given",
    "[evidence]") {
  const auto a = published("3.9", "2026-12-01");
  const auto b = published("3.10", "2026-12-01");
  CHECK(in_force("2026-12-01", {a, b}) == "3.10");
  CHECK(in_force("2026-12-01", {b, a}) == "3.10");
}

TEST_CASE("a withdrawal takes the document out of force from its day on", "[evidence]") {
  const Withdrawal withdrawal{parse_date("2027-01-01")};
  CHECK(in_force("2026-12-31", kHistory, withdrawal) == "3.6");
  CHECK(in_force("2027-01-01", kHistory, withdrawal) == "none");
  CHECK(in_force("2030-01-01", kHistory, withdrawal) == "none");
}

TEST_CASE("the state of a published version follows the day asked about", "[evidence]") {
  CHECK(state("3.6", "2026-11-30") == "approved");
  CHECK(state("3.6", "2026-12-01") == "in_force");
  CHECK(state("3.5", "2026-11-30") == "in_force");
  CHECK(state("3.5", "2026-12-01") == "superseded");
  CHECK(state("3.4", "2026-12-01") == "superseded");
  CHECK(state("3.4", "2011-09-15") == "approved");
}

TEST_CASE("after a withdrawal every version is withdrawn, before it none", "[evidence]") {
  const Withdrawal withdrawal{parse_date("2027-01-01")};
  CHECK(state("3.6", "2026-12-31", withdrawal) == "in_force");
  for (const char* version : {"3.4", "3.5", "3.6"})
    CHECK(state(version, "2027-01-01", withdrawal) == "withdrawn");
}

TEST_CASE("every state has a name for machines and a Chinese label", "[evidence]") {
  const std::map<State, std::pair<std::string, std::string>> names = {
      {State::draft, {"draft", "草案"}},
      {State::in_review, {"in_review", "審查中"}},
      {State::approved, {"approved", "已核准"}},
      {State::in_force, {"in_force", "現行"}},
      {State::superseded, {"superseded", "已被取代"}},
      {State::withdrawn, {"withdrawn", "廢止"}}};
  for (const auto& [s, said] : names) {
    CHECK(state_name(s) == said.first);
    CHECK(state_label(s) == said.second);
  }
}
