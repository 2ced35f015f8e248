// A refusal changes nothing and is itself an entry of the log.
#include "bureau.h"
#include "service/lifecycle.h"

using namespace bureau;

namespace {

// What a deed by a signed-in person left: its code, and the entries after the sign-in.
struct Told {
  std::string code;
  std::vector<std::string> entries;
  bool head_moved = false;
};

Told deed_of(Bureau& at, const std::string& account,
             const std::function<void(service::Context&)>& deed) {
  auto context = at.as(account);
  (void)context.session();
  const auto before = at.mark();
  Told told;
  told.code = code_of([&] { deed(context); });
  told.head_moved = at.mark().head != before.head;
  for (const auto& row : at.log_from(before.log_size))
    told.entries.push_back(row.actor + " " + row.kind + " " + row.outcome);
  return told;
}

void is_refused(Bureau& at, const std::string& account, const std::string& kind,
                const std::string& code, const std::function<void(service::Context&)>& deed) {
  INFO(account << ", " << kind);
  const auto told = deed_of(at, account, deed);
  CHECK(told.code == code);
  CHECK(told.entries == std::vector<std::string>{account + " " + kind + " refused:" + code});
  CHECK_FALSE(told.head_moved);
}

}  // namespace

TEST_CASE("every refusal of the round adds one entry and nothing else", "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "公開", "countersign: [政風室]\n");
  const service::StepRequest step{"ISMS-02-001", "", "", "", ""};
  const auto approve = [&](service::Context& c) { (void)service::approve_document(c, step); };
  is_refused(at, "chen04", "approval", "not-submitted", approve);
  at.submit("ISMS-02-001");
  is_refused(at, "chen04", "approval", "countersignature-missing", approve);
  is_refused(at, "zhou07", "approval", "no-right", approve);
  is_refused(at, "lin01", "submission", "already-submitted",
             [&](auto& c) { (void)service::submit_document(c, step); });
  is_refused(at, "wang03", "countersignature", "no-right", [&](auto& c) {
    (void)service::countersign_document(c, {"ISMS-02-001", "", "", "人事室", ""});
  });
  is_refused(at, "zhao02", "review", "reason-missing",
             [&](auto& c) { (void)service::return_document(c, step); });
  is_refused(at, "zhou07", "approval", "no-delegation", [&](auto& c) {
    (void)service::approve_document(c, {"ISMS-02-001", "", "chen04", "", ""});
  });
  is_refused(at, "sun05", "publication", "countersignature-missing",
             [&](auto& c) { (void)service::publish_document(c, "ISMS-02-001", "", ""); });
  is_refused(at, "sun05", "publication", "bad-date",
             [&](auto& c) { (void)service::publish_document(c, "ISMS-02-001", "", "明天"); });
  auto wang = at.as("wang03");
  (void)service::countersign_document(wang, step);
  is_refused(at, "chen04", "approval", "review-missing", approve);
}

TEST_CASE("every refusal of writing and administering adds one entry and nothing else",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  is_refused(at, "lin01", "draft", "document-exists", [&](auto& c) {
    (void)service::create_document(c, {source("ISMS-02-001", "公開", kBody), "", "", ""});
  });
  is_refused(at, "lin01", "draft", "unknown-classification", [&](auto& c) {
    (void)service::create_document(c, {source("ISMS-02-002", "絕對機密", kBody), "", "", ""});
  });
  is_refused(at, "zhou07", "draft", "no-right", [&](auto& c) {
    (void)service::create_document(c, {source("ISMS-02-002", "公開", kBody), "", "", ""});
  });
  is_refused(at, "hsu01", "role", "grants-to-self", [](auto& c) {
    (void)service::grant_role(c, {"hsu01", "approver", "", "", ""});
  });
  is_refused(at, "hsu01", "person", "account-exists", [](auto& c) {
    (void)service::add_person(c, {"zhou07", {"周大同", "", "", ""}});
  });
  is_refused(at, "hsu01", "certificate", "certifies-self", [](auto& c) {
    (void)service::issue_certificate(c, {"hsu01", "本人的通行短語-十二字以上", true, ""});
  });
  is_refused(at, "chen04", "delegation", "bad-delegation", [](auto& c) {
    (void)service::add_delegation(c, "chen04", {"document.approve"}, "", "2026-12-31");
  });
  is_refused(at, "chen04", "delegation", "no-right", [](auto& c) {
    (void)service::add_delegation(c, "zhou07", {"document.publish"}, "", "2026-12-31");
  });
  is_refused(at, "lin01", "log-read", "no-right", [](auto& c) { (void)service::list_log(c, {}); });
}

TEST_CASE("what is done adds its own entry, after the sign-in", "[service]") {
  Bureau at;
  const auto before = at.mark();
  at.create("ISMS-02-001");
  const auto rows = at.log_from(before.log_size);
  REQUIRE(rows.size() == 2);
  CHECK((rows[0].kind == "login" && rows[0].outcome == "done" && rows[0].actor == "lin01"));
  CHECK((rows[1].kind == "draft" && rows[1].subject == "document ISMS-02-001 1.0"));
}

TEST_CASE(
    "a failed sign-in is one entry, and no deed stands in the name of who did not prove himself",
    "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  const auto before = at.mark();
  service::Caller caller;
  caller.credentials = {"chen04", "", plain_pem(at.keys.at("lin01").key)};
  service::Context context(at.disk, at.clock, at.path(), caller);
  CHECK(code_of([&] {
          (void)service::approve_document(context, {"ISMS-02-001", "", "", "", ""});
        }) == "login-failed");
  const auto rows = at.log_from(before.log_size);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].kind == "login");
  CHECK(rows[0].outcome == "refused:login-failed");
}

TEST_CASE("the console acts for nobody", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  auto console = at.console();
  CHECK(code_of([&] {
          (void)service::submit_document(console, {"ISMS-02-001", "", "", "", ""});
        }) == "sign-in-needed");
  CHECK(code_of([&] { (void)service::list_log(console, {}); }) == "sign-in-needed");
  CHECK(code_of([&] { (void)service::list_accounts(console, {}); }) == "sign-in-needed");
}
