// One person acts for another, for a stated time and purpose.
#include "identity/delegation.h"

#include "support/office.h"

using namespace office;

namespace {

const std::string kId = "01JD9V3K5W8Q2M4N6P7R9S1T0V";

model::Statement statement(const std::string& kind, const std::string& account,
                           const Json& subject) {
  return {kind,
          "委託代理",
          subject,
          signer(account, "approver"),
          {std::string(40, 'c'), "sha256:" + std::string(64, 'd')},
          {},
          ""};
}

// Signed by `account`, filed in the folder of `principal`.
void file(Office& at, const std::string& kind, const std::string& account,
          const std::string& principal, const Json& subject) {
  const auto prepared = identity::prepare(
      at.store(), statement(kind, account, subject),
      act("delegation", "delegation " + kId, account),
      [=](const store::Now&, store::Changes&) { return identity::delegation_folder(principal); });
  at.sign(prepared, account);
}

Json to_zhou(const char* from = "2026-11-23", const char* to = "2026-11-30") {
  return {{"type", "delegation"}, {"id", kId},
          {"delegate", "zhou07"}, {"rights", std::vector<std::string>{"document.approve"}},
          {"from", from},         {"to", to}};
}

bool may(Office& at, const char* day, const std::string& delegate = "zhou07",
         const std::string& right = "document.approve", const std::string& principal = "chen04") {
  return identity::find_delegation(at.store().evidence(), principal, delegate, right,
                                   parse_date(day))
      .has_value();
}

}  // namespace

TEST_CASE(
    "a delegation counts from its first day to its last, for its delegate and its right alone",
    "[identity]") {
  Office at;
  file(at, "delegation", "chen04", "chen04", to_zhou());
  CHECK_FALSE(may(at, "2026-11-22"));
  CHECK(may(at, "2026-11-23"));
  CHECK(may(at, "2026-11-30"));
  CHECK_FALSE(may(at, "2026-12-01"));
  CHECK_FALSE(may(at, "2026-11-25", "qian08"));
  CHECK_FALSE(may(at, "2026-11-25", "zhou07", "document.publish"));
  CHECK_FALSE(may(at, "2026-11-25", "chen04", "document.approve", "zhou07"));
  const auto all = identity::delegations_by(at.store().evidence(), "chen04");
  REQUIRE(all.size() == 1);
  CHECK(all[0].id == kId);
  CHECK(all[0].principal == "chen04");
}

TEST_CASE("an ended delegation is gone, and its statement stays", "[identity]") {
  Office at;
  file(at, "delegation", "chen04", "chen04", to_zhou());
  file(at, "withdrawal", "chen04", "chen04", {{"type", "delegation"}, {"id", kId}});
  CHECK_FALSE(may(at, "2026-11-25"));
  const auto all = identity::delegations_by(at.store().evidence(), "chen04");
  REQUIRE(all.size() == 1);
  CHECK(all[0].ended);
  CHECK(at.store().evidence().read("people/chen04/delegations/01-delegation.statement.json"));
}

TEST_CASE("ending one delegation leaves the others", "[identity]") {
  Office at;
  file(at, "delegation", "chen04", "chen04", to_zhou());
  auto longer = to_zhou("2026-11-25", "2026-12-31");
  longer["id"] = "01JD9V3K5W8Q2M4N6P7R9S1T0W";
  file(at, "delegation", "chen04", "chen04", longer);
  file(at, "withdrawal", "chen04", "chen04", {{"type", "delegation"}, {"id", kId}});
  CHECK_FALSE(may(at, "2026-11-24"));
  CHECK(may(at, "2026-11-25"));
}

TEST_CASE("what somebody else signed does not bind the principal, wherever it is filed",
          "[identity]") {
  Office at;
  file(at, "delegation", "zhou07", "chen04", to_zhou());
  CHECK_FALSE(may(at, "2026-11-25"));
  file(at, "delegation", "chen04", "chen04", to_zhou());
  file(at, "withdrawal", "zhou07", "chen04", {{"type", "delegation"}, {"id", kId}});
  CHECK(may(at, "2026-11-25"));
}
