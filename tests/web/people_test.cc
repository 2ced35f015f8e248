// The pages of people: added by one, opened by another, seen by all, and nothing without proof.
#include <catch2/catch.hpp>

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

web::Fields proof(Browser& browser, const web::Fields& more = {}) {
  auto form = more;
  form["form_token"] = browser.hidden("form_token");
  form["passphrase"] = Website::kPassphrase;
  return form;
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
  const auto own = admin.post("/people/lai20/authorisation", proof(admin));
  CHECK(own.status == 403);
  CHECK(own.has("adds-and-authorises"));
  const auto offered = head.get("/people/lai20");
  CHECK(offered.has("核准並簽署"));
  CHECK(offered.has("name=\"passphrase\""));
  CHECK(head.post("/people/lai20/authorisation", proof(head)).field("Location") ==
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
  CHECK(admin.post("/people/wu06/closing", proof(admin)).has("account-open"));
  CHECK(admin.post("/people/wu06/departure", proof(admin, last_day)).status == 303);
  CHECK(admin.get("/people/wu06").has("已離職"));
  CHECK(admin.post("/people/wu06/closing", proof(admin)).status == 303);
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
  CHECK(admin.post("/people/lai20/role-end", proof(admin, {{"held", "owner "}})).status == 404);
  CHECK(admin.post("/people/lai20/role-end", proof(admin, {{"held", "reviewer "}})).status == 303);
  CHECK_FALSE(admin.get("/people/lai20").has("value=\"reviewer \""));
  auto wrong = proof(admin);
  wrong["passphrase"] = "這不是我的通行短語，這不是";
  CHECK(admin.post("/people/lai20/disabling", wrong).status == 403);
  CHECK(admin.get("/people/lai20").has("停用帳號"));
  CHECK(admin.post("/people/lai20/disabling", proof(admin)).status == 303);
  CHECK(admin.get("/people/lai20").has("已停用"));
  const web::Fields certificate = {{"certificate", admin.hidden("certificate")},
                                   {"reason", "cessation"}};
  CHECK(admin.post("/people/lai20/revocation", proof(admin, certificate)).status == 303);
  CHECK(admin.get("/people/lai20").has("已廢止"));
  CHECK(admin.post("/people/lai20/unlocking", proof(admin)).status == 303);
  (void)admin.get("/people/lai20");
  CHECK(admin.post("/people/lai20/second-factor", proof(admin)).status == 303);
  CHECK(admin.get("/people?find=%E8%B3%B4").has("/people/lai20"));
  CHECK_FALSE(admin.get("/people?find=%E8%B3%B4").has("/people/lin01"));
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
              .post(std::string("/people/wu06/") + what, proof(staff, {{"unit", "x"},
                                                                       {"title", "x"},
                                                                       {"role", "owner"},
                                                                       {"until", "2027-01-01"},
                                                                       {"last_day", "2026-11-30"}}))
              .status == 403);
  }
  CHECK(staff.get("/people/nobody99").status == 404);
  CHECK(staff.get("/people?at=x&role=%3Cscript%3E").status == 422);
}
