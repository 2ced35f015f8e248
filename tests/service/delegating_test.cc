// Delegation from end to end: what a delegate may do for whom, and what he never may.
#include "bureau.h"

using namespace bureau;

namespace {

const service::StepRequest kFor{"ISMS-02-001", "", "chen04", "", "代理核准"};

Json delegate(Bureau& at, const std::string& principal, const std::string& to,
              const std::string& right = "document.approve",
              const std::string& last = "2026-11-30") {
  auto context = at.as(principal);
  return service::add_delegation(context, to, {right}, "", last);
}

// 陳昱's deputy for approving, 周致遠, and a document that waits for it.
void prepare(Bureau& at) {
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  at.review("ISMS-02-001");
  (void)delegate(at, "chen04", "zhou07");
}

std::string approves(Bureau& at, const std::string& account = "zhou07",
                     const service::StepRequest& step = kFor) {
  auto context = at.as(account);
  return code_of([&] { (void)service::approve_document(context, step); });
}

Json problems_in(Bureau& at) {
  auto console = at.console();
  return service::verify_store(console, {})["problems"];
}

}  // namespace

TEST_CASE("a delegate approves under his own account, and the page says for whom [SC-04]",
          "[service]") {
  Bureau at;
  prepare(at);
  CHECK(approves(at) == "done");
  auto reader = at.as("lin01");
  const auto shown = service::show_document(reader, "ISMS-02-001", "", false);
  const auto& signature = shown["versions"][0]["signatures"].back();
  CHECK(signature["account"] == "zhou07");
  CHECK(signature["on_behalf_of"] == "chen04");
  CHECK(signature["signer"] == "周致遠");
  at.publish("ISMS-02-001");
  CHECK(problems_in(at) == Json::array());
}

TEST_CASE("after its last day a delegation is gone by itself, and trying is logged [SC-04]",
          "[service]") {
  Bureau at;
  prepare(at);
  at.clock.set("2026-11-30T02:00:00Z");
  auto other = at.as("zhou07");
  CHECK(code_of([&] {
          (void)service::approve_document(other, {"ISMS-02-009", "1.0", "chen04", "", ""});
        }) == "no-document");
  at.clock.set("2026-12-01T02:00:00Z");
  const auto before = at.mark().log_size;
  CHECK(approves(at) == "no-delegation");
  CHECK(at.log_from(before).back().outcome == "refused:no-delegation");
}

TEST_CASE(
    "neither what the principal wrote nor what the delegate wrote is approved through a "
    "delegation [SC-04] [SC-34]",
    "[service]") {
  Bureau at;
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"lin01", "approver", "", "", ""});
  (void)service::grant_role(admin, {"qian08", "owner", "", "", ""});
  at.create("ISMS-02-001");  // by 林堃
  at.submit("ISMS-02-001");
  at.review("ISMS-02-001");
  CHECK(approves(at, "lin01", {"ISMS-02-001", "", "", "", ""}) == "author-approves");
  (void)delegate(at, "lin01", "zhou07");
  CHECK(approves(at, "zhou07", {"ISMS-02-001", "", "lin01", "", ""}) == "author-approves");
  (void)delegate(at, "chen04", "lin01");
  CHECK(approves(at, "lin01", kFor) == "author-approves");
  CHECK(approves(at, "chen04", {"ISMS-02-001", "", "", "", ""}) == "done");
}

TEST_CASE("a delegation is not passed on, and not longer than the principal's own role [SC-04]",
          "[service]") {
  Bureau at;
  prepare(at);
  const auto refused = [&](const std::string& principal, const std::string& to,
                           const std::string& right, const std::string& last) {
    return code_of([&] { (void)delegate(at, principal, to, right, last); });
  };
  CHECK(refused("zhou07", "wu06", "document.approve", "2026-11-30") == "no-right");
  auto admin = at.as("hsu01");
  (void)service::revoke_role(admin, {"qian08", "approver", "", "", "2026-12-31"});
  CHECK(refused("qian08", "wu06", "document.approve", "2027-01-01") == "beyond-own-role");
  CHECK(refused("qian08", "wu06", "document.approve", "2026-12-31") == "done");
  (void)service::disable_person(admin, "ren09", "");
  CHECK(refused("chen04", "ren09", "document.approve", "2026-11-30") == "delegate-disabled");
  (void)service::add_person(admin, {"lai20", {"賴怡安", "水保處", "技士", ""}});
  CHECK(refused("chen04", "lai20", "document.approve", "2026-11-30") == "delegate-disabled");
  CHECK(refused("hsu01", "wu06", "role.grant", "2026-11-30") == "right-not-delegable");
  CHECK(problems_in(at) == Json::array());
}

TEST_CASE("a delegation ends at once when the principal loses the role or is disabled [SC-04]",
          "[service]") {
  for (const bool disabled : {false, true}) {
    Bureau at;
    prepare(at);
    auto admin = at.as("hsu01");
    if (disabled) {
      (void)service::disable_person(admin, "chen04", "");
    } else {
      (void)service::revoke_role(admin, {"chen04", "approver", "", "", ""});
    }
    CHECK(approves(at) == "no-right");
  }
}

TEST_CASE(
    "頁面只提供此刻代理得了的人 whom one may act for is told while his delegation gives something "
    "[SC-04]",
    "[service]") {
  Bureau at;
  const auto offered = [&] {
    auto zhou = at.as("zhou07");
    return service::principals_of(zhou);
  };
  CHECK(offered() == Json::array());
  const auto given = delegate(at, "chen04", "zhou07");
  CHECK(offered() ==
        Json::array({{{"account", "chen04"}, {"name", "陳昱"}, {"right", "document.approve"}}}));
  at.clock.set("2026-12-01T02:00:00Z");
  CHECK(offered() == Json::array());
  at.clock.set("2026-11-24T02:00:00Z");
  auto admin = at.as("hsu01");
  (void)service::revoke_role(admin, {"chen04", "approver", "", "", ""});
  CHECK(offered() == Json::array());
}

TEST_CASE("verify finds a delegation that the service would have refused [SC-04]", "[service]") {
  Bureau at;
  model::Statement statement;
  statement.kind = "delegation";
  statement.meaning = "委託代理";
  statement.subject = {{"type", "delegation"}, {"id", "01JD9V3K5W8Q2M4N6P7R9S1T0V"},
                       {"delegate", "zhou07"}, {"rights", Json::array({"role.grant"})},
                       {"from", "2026-11-22"}, {"to", "2026-11-30"}};
  statement.signer = signer("hsu01", "administrator");
  at.sign(identity::prepare(at.store(), statement, act("delegation", "delegation", "hsu01"),
                            [](const store::Now&, store::Changes&) {
                              return std::string("people/hsu01/delegations");
                            }),
          "hsu01");
  const auto problems = problems_in(at);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0]["what"].get<std::string>().find("不得委託") != std::string::npos);
}
