// The pages of delegations: given and signed by the principal, seen by all, ended by nobody else; the deputy acts and the page says for whom.
#include <catch2/catch.hpp>

#include "website.h"

using namespace website;

namespace {

const std::string kPassphraseField = Website::kPassphrase;

web::Fields granting(Browser& browser, const web::Fields& more = {}) {
  web::Fields form = {{"form_token", browser.hidden("form_token")},
                      {"passphrase", kPassphraseField},
                      {"delegate", "lin12"},
                      {"right-document.approve", "yes"},
                      {"from", "2026-11-22"},
                      {"to", "2026-11-30"},
                      {"reason", "赴高雄公差"}};
  for (const auto& [name, value] : more) form[name] = value;
  return form;
}

// 蔡承恩 (approver) and his deputy 林十二.
struct DelegationSite : Website {
  Browser principal = signed_in("tsai08", "蔡承恩", "approver");
  Browser deputy = signed_in("lin12", "林十二", "staff");

  Page give(const web::Fields& more = {}) {
    (void)principal.get("/delegations");
    return principal.post("/delegations", granting(principal, more));
  }
  // The page of the delegation just given: "/delegations/01J…".
  std::string given() {
    const auto to = give().field("Location");
    return to.substr(0, to.find('?'));
  }
  Page end(Browser& browser, const std::string& page, const std::string& passphrase) {
    (void)browser.get(page);
    return browser.post(page + "/ending",
                        {{"form_token", browser.hidden("form_token")}, {"passphrase", passphrase}});
  }
  std::string last_outcome(const std::string& kind, std::size_t before) {
    std::string outcome;
    for (const auto& row : log_from(before))
      if (row.kind == kind) outcome = row.outcome;
    return outcome;
  }
  Json problems() {
    auto console = this->console();
    return service::verify_store(console, {})["problems"];
  }
};

}  // namespace

TEST_CASE("[SC-04] 網頁上委託代理人 a delegation given on a page is signed, and everybody sees it",
          "[web][SC-04]") {
  DelegationSite site;
  const auto form = site.principal.get("/delegations");
  CHECK(form.has("name=\"right-document.approve\""));
  CHECK_FALSE(form.has("name=\"right-role.grant\""));
  CHECK(form.has("<option value=\"lin12\">水保處　林十二　技士</option>"));
  CHECK_FALSE(form.has("<option value=\"tsai08\">"));
  const auto answer = site.give();
  CHECK(answer.status == 303);
  const auto page = site.principal.get(answer.field("Location"));
  CHECK(page.has("已完成並寫入日誌"));
  CHECK(page.has("蔡承恩 → 林十二"));
  CHECK(page.has("核准文件"));
  CHECK(page.has("115年11月22日 至 115年11月30日"));
  CHECK(page.has("赴高雄公差"));
  CHECK(page.has("委託代理　蔡承恩"));
  CHECK(page.has("終止並簽署"));
  const auto received = site.deputy.get("/delegations");
  CHECK(received.has("蔡承恩 → 林十二"));
  CHECK(received.has("name=\"right-record.sign\""));  // that is all that he holds
  CHECK_FALSE(received.has("name=\"right-document.approve\""));
  auto other = site.signed_in("gao13", "高十三", "staff");
  const auto seen = other.get("/delegations");
  CHECK(seen.has("進行中"));
  CHECK(seen.has("蔡承恩 → 林十二"));
  CHECK(site.problems() == Json::array());
}

TEST_CASE(
    "[SC-04] 委託的拒絕有中文說明 what cannot be delegated is told on the page, keeps what was "
    "typed, and is logged",
    "[web][SC-04]") {
  DelegationSite site;
  const auto refused = [&](const web::Fields& more, const std::string& code,
                           const std::string& zh) {
    INFO(code);
    const auto before = site.mark().log_size;
    const auto head = site.mark().head;
    const auto page = site.give(more);
    CHECK(page.status >= 400);
    CHECK(page.has(code));
    CHECK(page.has(zh));
    CHECK(page.has("委託代理人"));
    CHECK(site.mark().head == head);
    return site.last_outcome("delegation", before);
  };
  CHECK(refused({{"delegate", "tsai08"}}, "bad-delegation", "代理人須為他人") ==
        "refused:bad-delegation");
  CHECK(refused({{"to", "2026-11-21"}}, "bad-delegation", "迄日不得早於起日") ==
        "refused:bad-delegation");
  CHECK(refused({{"right-document.approve", ""}}, "rights-missing", "請選擇委託的權限") ==
        "refused:rights-missing");
  CHECK(refused({{"right-document.submit", "yes"}}, "no-right",
                "您沒有「document.submit」的權限") == "refused:no-right");
  CHECK(refused({{"delegate", "nobody99"}}, "no-person", "nobody99") == "");
  std::string longest;
  for (int i = 0; i < 201; ++i) longest += "公";
  CHECK(refused({{"reason", longest}}, "reason-too-long", "最多 200 字") ==
        "refused:reason-too-long");
  auto admin = site.as("hsu01");
  (void)service::revoke_role(admin, {"tsai08", "approver", "", "", "2026-11-29"});
  CHECK(refused({}, "beyond-own-role", "代理不得長於您自己的角色") == "refused:beyond-own-role");
  CHECK(site.give({{"delegate", "tsai08"}}).has("value=\"赴高雄公差\""));
  CHECK(site.give({{"passphrase", "這不是我的通行短語，這不是"}}).status == 403);
}

TEST_CASE(
    "[SC-04] 別人的代理不能終止 nobody ends somebody else's delegation: 403, logged, and it stands",
    "[web][SC-04]") {
  DelegationSite site;
  const auto page = site.given();
  CHECK_FALSE(site.deputy.get(page).has("終止並簽署"));
  const auto before = site.mark().log_size;
  const auto answer = site.end(site.deputy, page, Website::kPassphrase);
  CHECK(answer.status == 403);
  CHECK(answer.has("代理只能由委託的本人終止"));
  CHECK(site.last_outcome("delegation", before) == "refused:not-own-delegation");
  CHECK(site.principal.get(page).has("進行中"));

  CHECK(site.end(site.principal, page, Website::kPassphrase).status == 303);
  const auto ended = site.principal.get(page);
  CHECK(ended.has("已終止"));
  CHECK(ended.has("終止代理　蔡承恩"));
  CHECK_FALSE(ended.has("終止並簽署"));
  CHECK(site.end(site.principal, page, Website::kPassphrase).status == 404);
  CHECK(site.principal.get("/delegations/01JD9V3K5W8Q2M4N6P7R9S1T0V").status == 404);
  CHECK(site.problems() == Json::array());
}

TEST_CASE(
    "[SC-04] 代理的狀態 a delegation is to come, runs, gives nothing once the role is gone, and is "
    "over by itself",
    "[web][SC-04]") {
  DelegationSite site;
  const auto to = site.give({{"from", "2026-11-25"}}).field("Location");
  const auto page = to.substr(0, to.find('?'));
  const auto state = [&](const std::string& today) {
    site.clock.set(today);
    auto reader = site.as("lin01");
    return service::show_delegation(reader, page.substr(page.rfind('/') + 1))["state"];
  };
  CHECK(state("2026-11-22T04:00:00Z") == "coming");
  CHECK(state("2026-11-25T01:00:00Z") == "running");
  CHECK(state("2026-12-01T01:00:00Z") == "over");
  site.clock.set("2026-11-26T01:00:00Z");
  auto admin = site.as("hsu01");
  (void)service::revoke_role(admin, {"tsai08", "approver", "", "", ""});
  CHECK(state("2026-11-26T02:00:00Z") == "lapsed");
}

TEST_CASE(
    "[SC-04] [SC-51] 受稽核範圍拘束者看不到代理 an auditor bound to a scope gets 403, and it is "
    "logged",
    "[web][SC-04]") {
  DelegationSite site;
  const auto page = site.given();
  auto auditor = site.signed_in("ext01", "何立人", "external-auditor");
  for (const auto& path : {std::string("/delegations"), page}) {
    const auto before = site.mark().log_size;
    CHECK(auditor.get(path).status == 403);
    CHECK(site.last_outcome("page", before) == "refused:outside-scope");
  }
  CHECK_FALSE(auditor.get("/").has("href=\"/delegations\""));
}

TEST_CASE(
    "[SC-04] 代理人在網頁上核准，簽署處註明代理 a deputy approves on the page, in his own name and "
    "marked",
    "[web][SC-04]") {
  DelegationSite site;
  site.create("ISMS-02-001");
  site.submit("ISMS-02-001");
  site.review("ISMS-02-001");
  const std::string round = "/documents/ISMS-02-001/review?version=1.0";
  CHECK_FALSE(site.deputy.get(round).has("for=tsai08"));
  const auto page = site.given();
  CHECK(site.deputy.get(round).has("for=tsai08"));
  const auto offered = site.deputy.get(round + "&for=tsai08");
  CHECK(offered.has("name=\"for\" value=\"tsai08\""));
  CHECK(offered.has("value=\"approve\""));
  const auto approve = [&](const std::string& principal) {
    (void)site.deputy.get(round + "&for=" + principal);
    return site.deputy.post("/documents/ISMS-02-001/review",
                            {{"form_token", site.deputy.hidden("form_token")},
                             {"passphrase", Website::kPassphrase},
                             {"version", "1.0"},
                             {"step", "approve"},
                             {"for", principal}});
  };
  CHECK(approve("chen04").has("no-delegation"));
  CHECK(approve("tsai08").status == 303);
  const auto done = site.deputy.get(round);
  CHECK(done.has("林十二"));
  CHECK(done.has("代理 tsai08"));
  CHECK(site.problems() == Json::array());
}

TEST_CASE(
    "[SC-04] 代理人在網頁上代簽紀錄 a deputy signs a record for whose turn it is, on its page",
    "[web][SC-04]") {
  RecordWebsite site;
  auto principal = site.signed_in("tsai08", "蔡承恩", "reviewer");
  auto deputy = site.signed_in("lin12", "林十二", "staff");
  service::RecordRequest request;
  request.form = "room-daily-log";
  request.values = {{"log_date", "2026-11-22"}, {"shift", "日班"},     {"duty_person", "周致遠"},
                    {"temperature_c", 22.5},    {"humidity_pct", 51},  {"hvac_ok", true},
                    {"ups_ok", true},           {"outage_minutes", 0}, {"handling", "更換濾網"}};
  const auto id = [&] {
    auto zhou = site.as("zhou07");
    return service::create_record(zhou, request)["id"].get<std::string>();
  }();
  const auto page = "/records/" + id;
  CHECK(deputy.get(page).status != 200);
  (void)principal.get("/delegations");
  CHECK(principal
            .post("/delegations", granting(principal, {{"right-document.approve", ""},
                                                       {"right-record.sign", "yes"}}))
            .status == 303);
  CHECK(deputy.get(page).has("代理 蔡承恩 簽署"));
  const auto form = deputy.get(page + "?for=tsai08");
  CHECK(form.has("輪到您代理：覆核"));
  CHECK(form.has("name=\"for\" value=\"tsai08\""));
  CHECK(deputy
            .post(page + "/sign", {{"form_token", deputy.hidden("form_token")},
                                   {"passphrase", Website::kPassphrase},
                                   {"for", "tsai08"}})
            .status == 303);
  const auto done = deputy.get(page);
  CHECK(done.has("覆核　林十二"));
  CHECK(done.has("（代理 tsai08）"));
  auto console = site.console();
  CHECK(service::verify_store(console, {})["problems"] == Json::array());
}
