// The half-yearly review of access: the list writes itself, rows are decided by others, the head approves, what was revoked ends.
#include "identity/access_review.h"

#include "access.h"
#include "service/audit_access.h"

using namespace bureau;

namespace {

std::vector<std::string> texts(const Json& list) { return list.get<std::vector<std::string>>(); }

const Json& row_of(const Json& review, std::size_t number) {
  for (const auto& row : review["list"])
    if (row["row"] == number) return row;
  throw Bug("no such row");
}

}  // namespace

TEST_CASE("每半年名單自己寫成 the list writes itself when a half-year is over [SC-08] [SC-09]",
          "[service]") {
  AccessBureau at;
  auto console = at.console();
  auto status = service::access_review_status(console);
  CHECK(status["stage"] == "unopened");
  CHECK(status["label"] == "115年下半年");
  CHECK(status["due"] == "2027-01-31");
  service::open_due_access_review(console);
  service::open_due_access_review(console);  // once only
  const auto list = [&] {
    auto sun = at.as("sun05");
    return service::list_access_reviews(sun);
  }();
  REQUIRE(list.size() == 1);
  CHECK(schema_faults("access-review-list", list) == std::vector<std::string>());
  CHECK(list[0]["stage"] == "deciding");

  const auto review = at.shown();
  CHECK(schema_faults("access-review-show", review) == std::vector<std::string>());
  CHECK(review["whole"] == true);
  CHECK(review["from"] == "2026-07-01");
  const auto role = row_of(review, at.row("role", "zhou07", "countersigner"));
  CHECK(role["name"] == "周致遠");
  CHECK(role["unit"] == "政風室");
  CHECK(texts(role["reviewers"]) == std::vector<std::string>{"wu06"});
  const auto administrator = row_of(review, at.row("role", "hsu01", "administrator"));
  CHECK(texts(administrator["flags"]) == std::vector<std::string>{"privileged"});
  CHECK(texts(administrator["reviewers"]) == std::vector<std::string>{"zhao02"});
  // Nobody is named for a row of his own.
  CHECK(texts(row_of(review, at.row("account", "wu06"))["reviewers"]) ==
        std::vector<std::string>{"zhao02"});
  CHECK(texts(row_of(review, at.row("account", "zhao02"))["reviewers"]) ==
        std::vector<std::string>{"wu06"});
  for (const auto& staff : kStaff) CHECK(at.row("key", staff.account) > 0);
  CHECK(at.verified() == Json::array());
}

TEST_CASE("久未使用與離職的帳號自己標出來 idle accounts and leavers are flagged [SC-08]",
          "[service]") {
  AccessBureau at("2027-02-28T01:00:00Z");
  auto admin = at.as("hsu01");
  (void)service::disable_person(admin, "qian08", "2027-03-15");
  (void)service::disable_person(admin, "ren09", "2026-12-01");
  at.clock.set("2027-03-01T01:00:00Z");
  (void)at.open();
  const auto review = at.shown();
  CHECK(review["overdue"] == true);
  using Texts = std::vector<std::string>;
  CHECK(texts(row_of(review, at.row("account", "zhou07"))["flags"]) == Texts{"idle"});
  CHECK(texts(row_of(review, at.row("account", "hsu01"))["flags"]) == Texts());
  CHECK(row_of(review, at.row("account", "hsu01"))["last_sign_in"] == "2027-02-28T01:00:00Z");
  CHECK(texts(row_of(review, at.row("account", "qian08"))["flags"]) == Texts{"idle", "leaver"});
  // The account has ended, and its role was left open.
  CHECK_THROWS_AS(at.row("account", "ren09"), Bug);
  CHECK(texts(row_of(review, at.row("role", "ren09"))["flags"]) == Texts{"leaver"});
  CHECK(at.verified() == Json::array());
}

TEST_CASE(
    "撤銷的角色與帳號在核准後結束 what is revoked ends after the approval, and names the review "
    "[SC-08] [SC-09]",
    "[service]") {
  AccessBureau at;
  const auto id = at.open();
  const auto role = at.row("role", "zhou07", "countersigner");
  const auto shortened = at.row("role", "zhou07", "staff");
  const auto account = at.row("account", "lin01");
  const auto key = at.row("key", "ren09");
  at.decide("wu06", {{role, "revoke", "已不在政風室支援", ""},
                     {shortened, "change", "計畫於二月結束", "2027-02-28"},
                     {account, "revoke", "已退休", ""}});
  at.decide("zhao02", {{key, "revoke", "金鑰已換發", ""}});
  at.keep_the_rest("wu06");
  at.keep_the_rest("zhao02");
  CHECK(at.holds("zhou07", "countersigner"));
  at.propose();
  at.approve();
  CHECK(at.holds("zhou07", "countersigner"));  // an approval alone ends nothing

  auto admin = at.as("hsu01");
  (void)admin.session();
  const auto before = at.mark().log_size;
  const auto done = service::execute_access_review(admin, "");
  CHECK(done["stage"] == "done");
  CHECK(done["ended"].size() == 4);
  CHECK(done["left"] == Json::array());
  CHECK_FALSE(at.holds("zhou07", "countersigner"));
  CHECK(at.holds("zhou07", "staff"));
  const auto zhou = identity::require_person(at.store().evidence(), "zhou07");
  CHECK(zhou.roles.front().to == parse_date("2027-02-28"));
  CHECK(identity::require_person(at.store().evidence(), "lin01").disabled ==
        parse_date("2027-01-04"));
  CHECK(identity::require_person(at.store().evidence(), "ren09").certificates.back().revoked);
  std::vector<std::string> linked;
  for (const auto& row : at.log_from(before))
    if (row.subject.find("access-review " + id + " row ") != std::string::npos)
      linked.push_back(row.kind);
  std::sort(linked.begin(), linked.end());
  CHECK(linked == std::vector<std::string>{"person", "revocation", "role", "role"});
  const auto review = at.shown();
  CHECK(schema_faults("access-review-show", review) == std::vector<std::string>());
  CHECK(row_of(review, role)["decision"]["stands"] == false);
  CHECK(review["signatures"].back()["meaning"] == "執行完畢");
  CHECK(at.verified() == Json::array());
  at.store().evidence().each_file("access-reviews", [&](const auto& path, const Bytes& bytes) {
    if (path.ends_with("list.json"))
      CHECK(schema_faults("access-review", parse_json(bytes)) == std::vector<std::string>());
    if (path.ends_with("decided.json"))
      CHECK(schema_faults("access-decisions", parse_json(bytes)) == std::vector<std::string>());
    if (path.ends_with(".statement.json"))
      CHECK(schema_faults("statement", parse_json(bytes)) == std::vector<std::string>());
  });
  auto console = at.console();
  CHECK(service::access_review_status(console).is_null());
}

TEST_CASE(
    "不得審查自己、不得越過順序 nobody decides his own row, and no step comes before its turn "
    "[SC-08] [SC-33]",
    "[service]") {
  AccessBureau at;
  (void)at.open();
  const auto code = [&](const std::string& account,
                        const std::function<void(service::Context&)>& deed) {
    auto context = at.as(account);
    (void)context.session();
    const auto before = at.mark();
    const auto told = code_of([&] { deed(context); });
    CHECK(at.mark().head == before.head);
    const auto rows = at.log_from(before.log_size);
    CHECK((rows.size() == 1 && rows[0].outcome == "refused:" + told));
    return told;
  };
  const auto decide = [&](const std::string& account, const service::RowDecision& decision) {
    return code(account, [&](auto& c) { (void)service::decide_access_rows(c, "", {decision}); });
  };
  const auto own = at.row("account", "wu06");
  const auto lin = at.row("account", "lin01");
  const auto key = at.row("key", "lin01");
  const auto administrator = at.row("role", "hsu01");
  CHECK(decide("wu06", {own, "keep", "本人", ""}) == "reviews-own-access");
  CHECK(decide("wu06", {administrator, "keep", "需要", ""}) == "not-the-reviewer");
  CHECK(decide("lin01", {key, "keep", "", ""}) == "no-right");
  CHECK(decide("wu06", {lin, "revoke", " ", ""}) == "reason-missing");
  CHECK(decide("zhao02", {administrator, "keep", "", ""}) == "reason-missing");  // 特別權限
  CHECK(decide("wu06", {lin, "change", "縮短", "2027-02-28"}) == "bad-until");
  CHECK(decide("wu06", {at.row("role", "zhou07", "staff"), "change", "縮短", "2026-12-31"}) ==
        "bad-until");
  CHECK(decide("wu06", {999, "keep", "", ""}) == "no-such-row");
  CHECK(decide("wu06", {lin, "刪除", "", ""}) == "bad-decision");
  CHECK(code("wu06", [](auto& c) { (void)service::decide_access_rows(c, "", {}); }) ==
        "no-decisions");

  const auto propose = [](auto& c) { (void)service::propose_improvements(c, "", {"清查"}); };
  const auto approve = [](auto& c) { (void)service::approve_access_review(c, ""); };
  CHECK(code("sun05", propose) == "access-review-stage");
  CHECK(code("chen04", approve) == "access-review-stage");
  at.keep_the_rest("wu06");
  at.keep_the_rest("zhao02");
  CHECK(code("chen04", approve) == "access-review-stage");  // before any proposal
  CHECK(code("chen04", propose) == "no-right");
  CHECK(code("sun05", [](auto& c) { (void)service::propose_improvements(c, "", {" "}); }) ==
        "no-proposals");
  at.give("chen04", "secretary");
  {
    auto chen = at.as("chen04");
    (void)service::propose_improvements(chen, "", {"清查久未使用帳號"});
  }
  CHECK(code("chen04", approve) == "proposer-approves-review");
  // A decision made anew takes the proposal away.
  at.decide("wu06", {{lin, "keep", "再次確認", ""}});
  CHECK(code("qian08", approve) == "access-review-stage");
  at.propose();
  at.approve();
  CHECK(decide("wu06", {lin, "revoke", "太遲了", ""}) == "access-review-stage");
  CHECK(code("sun05", [](auto& c) { (void)service::open_access_review(c); }) ==
        "access-review-exists");
  CHECK(at.shown()["stage"] == "done");  // nothing was to be ended
  CHECK(at.verified() == Json::array());
}

TEST_CASE(
    "備妥之後又有新的決定或建議就不能簽存 what was prepared before something was decided or "
    "proposed anew is not filed [SC-08]",
    "[service]") {
  AccessBureau at;
  const auto id = at.open();
  at.keep_the_rest("wu06");
  at.keep_the_rest("zhao02");
  const auto signs = [&](const identity::Prepared& prepared, const std::string& account) {
    const auto before = at.mark();
    const auto told = code_of([&] { at.sign(prepared, account); });
    CHECK(at.mark().head == before.head);
    return told;
  };
  const auto subject = "access-review " + id;
  const auto proposal = identity::prepare_proposals(
      at.store(), id, {"清查"}, signer("sun05", "secretary"), act("submission", subject, "sun05"));
  at.decide("wu06", {{at.row("account", "lin01"), "revoke", "業務已移交", ""}});
  CHECK(signs(proposal, "sun05") == "access-review-changed");
  at.propose();
  const auto approval = identity::prepare_access_approval(
      at.store(), id, signer("chen04", "approver"), act("approval", subject, "chen04"));
  at.clock.advance(std::chrono::minutes(1));
  at.propose();
  CHECK(signs(approval, "chen04") == "access-review-changed");
  at.approve();
  CHECK(at.verified() == Json::array());
}

TEST_CASE("沒有決定的列不會被撤銷 what nobody decided is never revoked", "[service]") {
  AccessBureau at;
  (void)at.open();
  at.decide("wu06", {{at.row("role", "zhou07", "countersigner"), "revoke", "已歸建", ""}});
  at.clock.set("2027-02-02T01:00:00Z");
  const auto review = at.shown("wu06");
  CHECK(review["overdue"] == true);
  CHECK(review["undecided"].get<int>() > 0);
  CHECK(review["whole"] == false);
  auto admin = at.as("hsu01");
  CHECK(code_of([&] { (void)service::execute_access_review(admin, ""); }) == "access-review-stage");
  CHECK(at.holds("zhou07", "countersigner"));
  auto console = at.console();
  CHECK(service::access_review_status(console)["overdue"] == true);
}

TEST_CASE(
    "各由能終止的人終止 each right is ended by who could end it anyway, then the rest is closed",
    "[service]") {
  AccessBureau at;
  {
    auto chen = at.as("chen04");
    (void)service::add_delegation(chen, "qian08", {"document.approve"}, "", "2027-06-30");
    service::AuditRequest audit;
    audit.auditor = "zhou07";
    audit.to = "2027-03-31";
    audit.log_kinds = {"login"};
    (void)service::approve_audit(chen, audit);
  }
  (void)at.open();
  const auto row = at.row("delegation", "chen04");
  const auto audit = at.row("audit", "zhou07");
  at.decide("zhao02", {{row, "revoke", "代理期間過長", ""}});
  at.decide("wu06", {{audit, "revoke", "稽核已結束", ""}});
  at.keep_the_rest("wu06");
  at.keep_the_rest("zhao02");
  at.propose();
  {
    auto qian = at.as("qian08");
    (void)service::approve_access_review(qian, "");
  }
  auto admin = at.as("hsu01");
  const auto first = service::execute_access_review(admin, "");
  CHECK(first["stage"] == "approved");
  CHECK(first["left"] == Json::array({row, audit}));
  auto zhou = at.as("zhou07");
  CHECK(code_of([&] { (void)service::execute_access_review(zhou, ""); }) == "no-right");
  CHECK(code_of([&] { (void)service::list_access_reviews(zhou); }) == "outside-scope");
  CHECK(service::access_review_waiting(zhou) == Json::array());
  auto lin = at.as("lin01");
  CHECK(code_of([&] { (void)service::execute_access_review(lin, ""); }) == "no-right");
  auto chen = at.as("chen04");
  CHECK(service::access_review_waiting(chen)[0]["what"] == "access-execution");
  CHECK(service::execute_access_review(chen, "")["ended"] == Json::array({row, audit}));
  CHECK(service::execute_access_review(admin, "")["stage"] == "done");
  CHECK(at.verified() == Json::array());
}

TEST_CASE("審查人都卸任時由其他審查人決定 when no named reviewer is left another one decides",
          "[service]") {
  AccessBureau at;
  (void)at.open();
  const auto lin = at.row("account", "lin01");
  auto zhao = at.as("zhao02");
  CHECK(code_of([&] {
          (void)service::decide_access_rows(zhao, "", {{lin, "keep", "", ""}});
        }) == "not-the-reviewer");
  {
    auto admin = at.as("hsu01");
    (void)service::revoke_role(admin, {"wu06", "unit-head", "監資處", "", ""});
  }
  at.decide("zhao02", {{lin, "keep", "", ""}});
  CHECK(at.shown()["list"][lin - 1]["decision"]["by"] == "zhao02");
  CHECK(at.verified() == Json::array());
}

TEST_CASE("名單匯出為 CSV the list goes out as CSV, and that is logged", "[service]") {
  AccessBureau at;
  const auto id = at.open();
  at.decide("wu06", {{at.row("role", "zhou07", "countersigner"), "revoke", "已歸建", ""}});
  auto sun = at.as("sun05");
  (void)sun.session();
  const auto before = at.mark().log_size;
  const auto csv = service::access_review_csv(sun, id);
  CHECK(csv.starts_with("\xEF\xBB\xBF列 row,種類 kind,帳號 account,姓名 name"));
  CHECK(
      csv.find(
          "角色,zhou07,周致遠,監資處,會簽,政風室,2026-11-22,,init,,,wu06,撤銷,已歸建,,wu06\r\n") !=
      std::string::npos);
  CHECK(at.log_from(before).back().subject == "access-review " + id);
}
