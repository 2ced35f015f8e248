// Signing in over the wire: what failures tell, what a session may, and that nothing typed is lost or done behind a lock. Story S5.
#include <catch2/catch.hpp>

#include "crypto/one_time_code.h"
#include "support/one_time_code.h"
#include "web/gate.h"
#include "website.h"

using namespace website;
using namespace std::chrono_literals;

namespace {

std::string without_date(std::string head) {
  const auto at = head.find("\r\nDate: ");
  return head.erase(at, head.find("\r\n", at + 2) - at);
}

// A browser stays on the form: each try brings the same token.
std::string failure(Browser& browser, const std::string& token, const std::string& account,
                    const std::string& password) {
  const auto page = browser.post(
      "/login",
      {{"form_token", token}, {"next", "/"}, {"account", account}, {"password", password}});
  return without_date(page.head) + page.body;
}

std::size_t log_count(Website& site, const std::string& kind) {
  store::LogFilter filter;
  filter.kind = kind;
  return site.store().catalogue().log(filter).size();
}

}  // namespace

TEST_CASE(
    "[SC-24] failures are alike to the byte: unknown, wrong, locked, disabled, without a password",
    "[web][SC-24]") {
  Website site;
  (void)site.enrol("tsai08", "蔡承恩", "staff");
  (void)site.enrol("chen11", "陳十一", "staff");
  (void)site.enrol("lin12", "林十二", "staff");
  auto admin = site.as("hsu01");
  (void)service::disable_person(admin, "lin12", "");
  Browser browser(site.url());
  (void)browser.get("/login");
  const auto token = browser.hidden("form_token");
  const auto expected = failure(browser, token, "nobody99", "Boat8-rainDrum");
  CHECK(expected.find("登入失敗，請確認後再試") != std::string::npos);
  CHECK(expected.find("HTTP/1.1 403") == 0);
  for (int i = 0; i < 7; ++i)
    CHECK(failure(browser, token, "tsai08", "wrong") == expected);  // locks at the fifth
  CHECK(failure(browser, token, "tsai08", Website::kPassword) == expected);
  CHECK(failure(browser, token, "chen11", "wrong") == expected);
  CHECK(failure(browser, token, "lin12", Website::kPassword) == expected);
  CHECK(failure(browser, token, "zhou07", Website::kPassword) == expected);  // never authorised
  CHECK(failure(browser, token, "<script>", "") == expected);
  CHECK(failure(browser, token, "", "") == expected);
  site.clock.advance(16min);
  CHECK(browser.log_in("tsai08", Website::kPassword).status == 303);
}

TEST_CASE("[SC-23] the sign-in is one form with every item, and asks for a code of everybody",
          "[web][SC-23]") {
  Website site;
  Browser browser(site.url());
  const auto page = browser.get("/login");
  for (const char* item : {"name=\"account\"", "name=\"password\"", "name=\"code\""})
    CHECK(page.has(item));
  CHECK_FALSE(page.has("<script"));
  CHECK(page.body.find("<form") == page.body.rfind("<form"));
}

TEST_CASE("[SC-15] a temporary password reaches the change page alone", "[web][SC-15]") {
  Website site;
  site.create("ISMS-02-001");
  auto admin = site.as("hsu01");
  const auto made = service::add_person(admin, {"tsai08", {"蔡承恩", "水保處", "技士", ""}});
  (void)service::grant_role(admin, {"tsai08", "reviewer", "", "", ""});
  site.authorise("tsai08");
  const auto given = require_string(made, "password");
  Browser browser(site.url());
  CHECK(browser.log_in("tsai08", given).status == 303);
  for (const char* path : {"/", "/documents", "/documents/ISMS-02-001/pdf",
                           "/account/second-factor", "/held", "/no-such-page", "/verify"}) {
    INFO(path);
    CHECK(browser.get(path).field("Location") == "/account/password");
  }
  CHECK(browser.get("/documents", "Accept: application/json\r\n").has("password-change-needed"));
  const auto form = browser.get("/account/password");
  CHECK(form.status == 200);
  CHECK(form.has("臨時密碼"));
  const auto token = browser.hidden("form_token");
  CHECK(browser.post("/verify", {{"form_token", token}}).field("Location") == "/account/password");
  CHECK(browser.post("/documents/ISMS-02-001/review", {{"form_token", token}, {"step", "review"}})
            .field("Location") == "/account/password");
  CHECK(log_count(site, "verify") == 0);

  const auto change = [&](const std::string& now, const std::string& wanted,
                          const std::string& again) {
    (void)browser.get("/account/password");
    return browser.post("/account/password", {{"form_token", browser.hidden("form_token")},
                                              {"password", now},
                                              {"new_password", wanted},
                                              {"new_password_again", again}});
  };
  CHECK(change(given, "Tree7-lampKite", "Tree7-lampKit").has("password-mistyped"));
  CHECK(change("wrong", "Tree7-lampKite", "Tree7-lampKite").has("wrong-password"));
  CHECK(change(given, "Tsai08-Strong9", "Tsai08-Strong9").has("password-has-account"));
  CHECK(change(given, "Password1234", "Password1234").has("password-weak"));
  CHECK(change(given, given, given).has("password-reused"));
  const auto before = browser.cookies;
  CHECK(change(given, "Tree7-lampKite", "Tree7-lampKite").status == 303);
  CHECK(browser.cookies != before);  // a fresh session
  CHECK(browser.get("/documents").status == 200);
  Browser other(site.url());
  other.cookies = before;
  CHECK(other.get("/documents").status == 303);  // the one before is over
}

TEST_CASE("[SC-16] after ninety days the password has to be changed first", "[web][SC-16]") {
  Website site;
  (void)site.enrol("tsai08", "蔡承恩", "staff");
  site.clock.advance(std::chrono::hours(24) * 90);
  Browser browser(site.url());
  CHECK(browser.log_in("tsai08", Website::kPassword).status == 303);
  CHECK(browser.get("/").field("Location") == "/account/password");
  CHECK(browser.get("/account/password").has("已到期"));
}

TEST_CASE("[SC-15] a reset ends the sessions of the old password", "[web]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  CHECK(browser.get("/documents").status == 200);
  auto admin = site.as("hsu01");
  (void)service::reset_password(admin, "tsai08");
  CHECK(browser.get("/documents").field("Location") == "/login?next=%2Fdocuments");
}

TEST_CASE("[SC-26] what is sent after the lock is not done, and comes back to its writer",
          "[web][SC-26]") {
  Website site;
  site.create("ISMS-02-001");
  site.submit("ISMS-02-001");
  auto browser = site.signed_in("tsai08", "蔡承恩", "reviewer");
  (void)browser.get("/documents/ISMS-02-001/review");
  web::Fields form = {{"form_token", browser.hidden("form_token")},
                      {"draft", browser.hidden("draft")},
                      {"version", "1.0"},
                      {"comment", "第三條文字請再斟酌 <b>"},
                      {"passphrase", Website::kPassphrase},
                      {"step", "review"}};
  site.clock.advance(15min + 1s);
  const auto mark = log_count(site, "review");
  const auto locked = browser.post("/documents/ISMS-02-001/review", form);
  CHECK(locked.status == 303);
  CHECK(locked.field("Location") == "/login?kept=1");
  CHECK(log_count(site, "review") == mark);
  CHECK(browser.get(locked.field("Location")).has("已為您保留"));

  // Somebody else on the same machine sees nothing of it.
  auto stranger = browser;
  const auto other = site.enrol("wang13", "王十三", "reviewer");
  CHECK(stranger.log_in("wang13", other).field("Location") == "/");
  CHECK(stranger.get("/held").field("Location") == "/");

  CHECK(browser.log_in("tsai08", Website::kPassword).field("Location") == "/held");
  const auto page = browser.get("/held");
  CHECK(page.status == 200);
  CHECK(page.has("第三條文字請再斟酌 &lt;b&gt;</textarea>"));
  CHECK_FALSE(page.has("四時更變化"));
  form["form_token"] = browser.hidden("form_token");
  CHECK(browser.post("/documents/ISMS-02-001/review", form).status == 303);
  CHECK(log_count(site, "review") == mark + 1);
  CHECK(browser.get("/held").field("Location") == "/");
}

TEST_CASE("[SC-26] a page asked for after the lock leads to the sign-in and back", "[web][SC-26]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  site.clock.advance(15min + 1s);
  const auto locked = browser.get("/documents");
  CHECK(locked.field("Location") == "/login?next=%2Fdocuments&locked=1");
  CHECK(browser.get(locked.field("Location")).has("已鎖定"));
}

TEST_CASE("a forged form is not kept for a locked session", "[web]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  site.clock.advance(15min + 1s);
  CHECK(browser.post("/agreements/nda", {{"form_token", "guess"}, {"f-name", "x"}}).status == 403);
  CHECK(browser.log_in("tsai08", Website::kPassword).field("Location") == "/");
}

TEST_CASE(
    "[SC-27] signing out ends the session at the server; neither a replayed nor a planted cookie "
    "opens one",
    "[web][SC-27]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  (void)browser.get("/documents");
  auto replay = browser;
  CHECK(browser.post("/logout", {{"form_token", browser.hidden("form_token")}}).status == 303);
  CHECK(replay.get("/documents").field("Location") == "/login?next=%2Fdocuments");
  CHECK(replay.post("/verify", {{"form_token", browser.hidden("form_token")}}).field("Location") ==
        "/login");

  Browser victim(site.url());
  const std::string planted(64, 'a');
  victim.cookies[web::kSessionCookie] = planted;
  CHECK(victim.log_in("tsai08", Website::kPassword).status == 303);
  CHECK(victim.cookies[web::kSessionCookie] != planted);
  Browser attacker(site.url());
  attacker.cookies[web::kSessionCookie] = planted;
  CHECK(attacker.get("/documents").status == 303);
}

TEST_CASE("[SC-28] nothing but the sign-in and its style is for those who have not signed in",
          "[web][SC-28]") {
  Website site;
  site.create("ISMS-02-001", "內部使用");
  Browser browser(site.url());
  for (const char* path :
       {"/", "/documents", "/documents/ISMS-02-001", "/documents/ISMS-02-001/pdf", "/records",
        "/search?q=%E7%AE%A1%E5%88%B6", "/retention", "/review", "/verify", "/account/password",
        "/account/second-factor", "/held"}) {
    INFO(path);
    const auto page = browser.get(path);
    CHECK(page.status == 303);
    CHECK(page.field("Location").starts_with("/login"));
    CHECK(page.body.empty());
  }
}

TEST_CASE("wrong passphrases of a signed-in thief lock the account", "[web][SC-25]") {
  Website site;
  site.create("ISMS-02-001");
  site.submit("ISMS-02-001");
  auto browser = site.signed_in("tsai08", "蔡承恩", "reviewer");
  (void)browser.get("/documents/ISMS-02-001/review");
  const auto sign = [&](const std::string& passphrase) {
    return browser.post("/documents/ISMS-02-001/review",
                        {{"form_token", browser.hidden("form_token")},
                         {"draft", browser.hidden("draft")},
                         {"version", "1.0"},
                         {"passphrase", passphrase},
                         {"step", "review"}});
  };
  for (int i = 0; i < 5; ++i) CHECK(sign("猜測的通行短語一二三四五六").status == 403);
  CHECK(sign(Website::kPassphrase).status == 403);
  site.clock.advance(15min);
  (void)browser.get("/documents/ISMS-02-001/review");
  CHECK(sign(Website::kPassphrase).status == 303);
}

TEST_CASE("a second factor is set up and removed on its page, and the sign-in then needs it",
          "[web]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto page = browser.get("/account/second-factor");
  CHECK(page.has("<svg class=\"qr\""));
  const auto secret = *crypto::from_base32(browser.hidden("secret"));
  const auto code = code_at(secret, site.clock.now());
  const auto step = [&](const std::string& what, const std::string& typed) {
    return browser.post("/account/second-factor", {{"form_token", browser.hidden("form_token")},
                                                   {"step", what},
                                                   {"secret", browser.hidden("secret")},
                                                   {"password", Website::kPassword},
                                                   {"code", typed}});
  };
  CHECK(step("enrol", "not a code").has("wrong-code"));
  CHECK(step("enrol", code).has("備用碼"));
  CHECK(browser.get("/account/second-factor").has("尚有備用碼 8 組"));
  Browser other(site.url());
  CHECK(other.log_in("tsai08", Website::kPassword).status == 403);
  CHECK(step("remove", "000000").has("wrong-password"));
}
