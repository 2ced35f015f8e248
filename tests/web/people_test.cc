// The pages of people: added by one, opened by another, seen by all, and nothing without proof.
#include "identity/people.h"

#include <catch2/catch.hpp>

#include "crypto/one_time_code.h"
#include "support/one_time_code.h"
#include "website.h"

using namespace website;

namespace {

web::Fields newcomer(Browser& browser, const std::string& passphrase) {
  return {{"form_token", browser.hidden("form_token")},
          {"account", "lai20"},
          {"name", "賴怡安"},
          {"unit", "水保處"},
          {"title", "技士"},
          {"number", "A10488"},
          {"new_role", "staff"},
          {"passphrase", passphrase}};
}

// So many accounts in one act: ma000, ma001, …
void add_many(Website& site, int count) {
  auto act = office::act("person", "account", "hsu01");
  act.decide = [count](const store::Now&, store::Changes& changes) {
    for (int i = 0; i < count; ++i) {
      model::Person person;
      person.account = fmt::format("ma{:03}", i);
      person.added_by = "hsu01";
      identity::put_profile(changes, person, {"馬" + std::to_string(i), "水保處", "技士", ""},
                            parse_date("2026-11-22"));
      identity::put_person(changes, person);
    }
  };
  site.store().commit(act);
}

}  // namespace

TEST_CASE(
    "[SC-03] 網頁上新增的帳號由另一人核准 an account added on a page is opened by another person, "
    "each with his proof",
    "[web][SC-03]") {
  Website site;
  auto admin = site.signed_in("tsai08", "蔡承恩", "administrator");
  auto head = site.signed_in("lin12", "林十二", "approver");
  (void)admin.get("/people");
  CHECK(admin.post("/people", newcomer(admin, "這不是我的通行短語，這不是")).status == 403);
  CHECK(admin.get("/people/lai20").status == 404);
  (void)admin.get("/people");
  const auto made = admin.post("/people", newcomer(admin, Website::kPassphrase));
  CHECK(made.status == 200);
  CHECK(made.has("臨時密碼"));
  CHECK(made.field("Cache-Control").find("no-store") != std::string::npos);

  CHECK(head.get("/").has("/people/lai20"));  // waits for him
  const auto waiting = admin.get("/people/lai20");
  CHECK(waiting.has("待核准"));
  const auto own = admin.post("/people/lai20/authorisation", signed_form(admin));
  CHECK(own.status == 403);
  CHECK(own.has("adds-and-authorises"));
  const auto offered = head.get("/people/lai20");
  CHECK(offered.has("核准並簽署"));
  CHECK(offered.has("name=\"passphrase\""));
  CHECK(head.post("/people/lai20/authorisation", signed_form(head)).field("Location") ==
        "/people/lai20?done=yes");
  const auto open = head.get("/people/lai20");
  CHECK(open.has("可用"));
  CHECK(open.has("帳號核准"));
  CHECK_FALSE(open.has("核准並簽署"));
}

TEST_CASE("[SC-06] 網頁上通報離職與核章 a leaver is told of and closed on his page, in that order",
          "[web][SC-06]") {
  Website site;
  auto admin = site.signed_in("tsai08", "蔡承恩", "administrator");
  const web::Fields last_day = {{"last_day", "2026-11-21"}};
  (void)admin.get("/people/wu06");
  CHECK(admin.post("/people/wu06/closing", signed_form(admin)).has("account-open"));
  CHECK(admin.post("/people/wu06/departure", signed_form(admin, last_day)).status == 303);
  CHECK(admin.get("/people/wu06").has("已離職"));
  CHECK(admin.post("/people/wu06/closing", signed_form(admin)).status == 303);
  CHECK(admin.get("/people/wu06").has("已核章"));
  CHECK(admin.get("/people?role=owner&at=2026-11-22").has("林堃"));
  CHECK(admin.get("/people?role=owner&at=2026-11-01").has("那一天沒有人擔任"));
}

TEST_CASE(
    "網頁上終止角色、停用並廢止憑證 a role ends, an account is disabled and a certificate revoked "
    "on "
    "its page",
    "[web]") {
  Website site;
  auto admin = site.signed_in("tsai08", "蔡承恩", "administrator");
  (void)site.enrol("lai20", "賴怡安", "reviewer");
  const auto before = admin.get("/people/lai20");
  CHECK(before.has("伺服器代管"));
  for (const char* deed : {"departure", "revocation", "role-end", "disabling", "password"}) {
    INFO(deed);
    CHECK(before.has(std::string("action=\"/people/lai20/") + deed));
  }
  CHECK(before.has("value=\"reviewer \""));
  CHECK(admin.post("/people/lai20/role-end", signed_form(admin, {{"held", "owner "}})).status ==
        404);
  CHECK(admin.post("/people/lai20/role-end", signed_form(admin, {{"held", "reviewer "}})).status ==
        303);
  CHECK_FALSE(admin.get("/people/lai20").has("value=\"reviewer \""));
  auto wrong = signed_form(admin);
  wrong["passphrase"] = "這不是我的通行短語，這不是";
  CHECK(admin.post("/people/lai20/disabling", wrong).status == 403);
  CHECK(admin.get("/people/lai20").has("停用帳號"));
  CHECK(admin.post("/people/lai20/disabling", signed_form(admin)).status == 303);
  CHECK(admin.get("/people/lai20").has("已停用"));
  const web::Fields certificate = {{"certificate", admin.hidden("certificate")},
                                   {"reason", "cessation"}};
  CHECK(admin.post("/people/lai20/revocation", signed_form(admin, certificate)).status == 303);
  CHECK(admin.get("/people/lai20").has("已廢止"));
  CHECK(admin.get("/people?find=%E8%B3%B4").has("/people/lai20"));
  CHECK_FALSE(admin.get("/people?find=%E8%B3%B4").has("/people/lin01"));
}

TEST_CASE("網頁上解除鎖定、清除第二因素 who locked himself out or lost his device gets in again",
          "[web]") {
  Website site;
  auto admin = site.signed_in("tsai08", "蔡承恩", "administrator");
  const auto password = site.enrol("lai20", "賴怡安", "staff");
  Browser lai(site.url());
  for (int i = 0; i < 5; ++i) (void)lai.log_in("lai20", "Wrong9-password");
  CHECK(lai.log_in("lai20", password).status == 403);
  (void)admin.get("/people/lai20");
  CHECK(admin.post("/people/lai20/unlocking", signed_form(admin)).status == 303);
  CHECK(lai.log_in("lai20", password).status == 303);

  auto console = site.console();
  const auto secret = require_string(service::offer_second_factor(console, "lai20"), "secret");
  (void)service::enrol_second_factor(
      console, {"lai20", password, code_at(*crypto::from_base32(secret), site.clock.now())},
      secret);
  Browser elsewhere(site.url());
  CHECK(elsewhere.log_in("lai20", password).status == 403);
  (void)admin.get("/people/lai20");
  CHECK(admin.post("/people/lai20/second-factor", signed_form(admin)).status == 303);
  CHECK(elsewhere.log_in("lai20", password).status == 303);
}

TEST_CASE("人員每頁一百個，可往後翻 people stand a hundred to a page, and the page leads on",
          "[web]") {
  Website site;
  add_many(site, 120);
  auto staff = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto first = staff.get("/people?find=%E9%A6%AC&at=2026-11-22");
  CHECK(first.has("/people/ma000\""));
  CHECK(first.has("/people/ma099\""));
  CHECK_FALSE(first.has("/people/ma100\""));
  const auto link = first.body.find("href=\"/people?after=");
  REQUIRE(link != std::string::npos);
  auto next = first.body.substr(link + 6, first.body.find('"', link + 6) - link - 6);
  for (auto at = next.find("&amp;"); at != std::string::npos; at = next.find("&amp;"))
    next.erase(at + 1, 4);
  const auto second = staff.get(next);
  CHECK(second.has("/people/ma100\""));
  CHECK(second.has("/people/ma119\""));
  CHECK_FALSE(second.has("/people/ma099\""));
  CHECK_FALSE(second.has("?after="));
  CHECK(second.has("value=\"馬\""));
  CHECK(second.has("value=\"2026-11-22\""));
}

TEST_CASE("一般同仁看得到名冊，不能辦理 staff see who there is, and can change nothing", "[web]") {
  Website site;
  auto staff = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto list = staff.get("/people");
  CHECK(list.has("林堃"));
  CHECK_FALSE(list.has("新增帳號"));
  const auto person = staff.get("/people/wu06");
  for (const char* deed : {"departure", "revocation", "role-end", "disabling", "password"}) {
    INFO(deed);
    CHECK_FALSE(person.has(std::string("action=\"/people/wu06/") + deed));
  }
  for (const char* what : {"authorisation", "move", "departure", "closing", "roles", "extension",
                           "role-end", "disabling", "unlocking", "second-factor", "revocation"}) {
    INFO(what);
    (void)staff.get("/people/wu06");
    CHECK(staff
              .post(std::string("/people/wu06/") + what,
                    signed_form(staff, {{"unit", "x"},
                                        {"title", "x"},
                                        {"role", "owner"},
                                        {"until", "2027-01-01"},
                                        {"last_day", "2026-11-30"}}))
              .status == 403);
  }
  CHECK(staff.get("/people/tsai08").has("action=\"/people/tsai08/revocation\""));  // his own
  CHECK(staff.get("/people/nobody99").status == 404);
  CHECK(staff.get("/people?at=x&role=%3Cscript%3E").status == 422);
}
