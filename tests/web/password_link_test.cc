// The page of a one-time link over the wire: what opening it does, what refusals tell, and that the address goes nowhere.
#include "service/password_link.h"

#include <catch2/catch.hpp>

#include "website.h"

using namespace website;
using namespace std::chrono_literals;

namespace {

constexpr const char* kWanted = "Boat8-rainDrum";

struct LinkSite : Website {
  // A fresh link's path, for this site.
  std::string link_for(const std::string& account) {
    auto admin = as("hsu01");
    const auto given = service::give_password_link(admin, {account, "https://isms.example.gov.tw"});
    const auto link = require_string(given, "link");
    return link.substr(link.find("/login/link/"));
  }
};

Page choose(Browser& browser, const std::string& path, const std::string& token,
            const std::string& wanted = kWanted) {
  return browser.post(
      path, {{"form_token", token}, {"new_password", wanted}, {"new_password_again", wanted}});
}

std::string bytes_of(const Page& page) {
  const auto at = page.head.find("\r\nDate: ");
  auto head = page.head;
  return head.erase(at, head.find("\r\n", at + 2) - at) + page.body;
}

}  // namespace

TEST_CASE("[SC-22] opening a link uses nothing up; the form does, once, and signs nobody in",
          "[web][SC-22]") {
  LinkSite site;
  (void)site.enrol("tsai08", "蔡承恩", "staff");
  const auto link = site.link_for("tsai08");
  Browser scanner(site.url());
  const auto before = site.mark().log_size;
  for (int i = 0; i < 3; ++i) CHECK(scanner.get(link).status == 200);
  CHECK(site.mark().log_size == before);
  Browser browser(site.url());
  const auto page = browser.get(link);
  CHECK(page.field("Referrer-Policy") == "strict-origin");
  CHECK(page.field("Cache-Control") == "no-store");
  CHECK_FALSE(page.has(link.substr(link.rfind('/') + 1)));
  const auto token = browser.hidden("form_token");
  CHECK(
      browser
          .post(link,
                {{"form_token", token}, {"new_password", kWanted}, {"new_password_again", "Boat8"}})
          .has("password-mistyped"));
  CHECK(choose(browser, link, token, "Password1234").has("password-weak"));
  CHECK(choose(browser, link, token).field("Location") == "/login?chosen=1");
  CHECK(browser.get("/login?chosen=1").has("請以新密碼登入"));
  CHECK(browser.get("/").field("Location") == "/login");
  CHECK(browser.log_in("tsai08", Website::kPassword).status == 403);
  CHECK(browser.log_in("tsai08", kWanted).status == 303);
}

TEST_CASE("[SC-22] links that do not count are refused alike, to the byte", "[web][SC-22]") {
  LinkSite site;
  (void)site.enrol("tsai08", "蔡承恩", "staff");
  (void)site.enrol("chen11", "陳十一", "staff");
  (void)site.enrol("lin12", "林十二", "staff");
  const auto expired = site.link_for("lin12");
  site.clock.advance(25h);
  const auto superseded = site.link_for("chen11");
  (void)site.link_for("chen11");
  const auto used = site.link_for("tsai08");
  auto admin = site.as("hsu01");
  (void)service::add_person(admin, {"lai20", {"賴怡安", "水保處", "技士", ""}});
  const auto waiting = site.link_for("lai20");  // nobody has authorised the account
  Browser browser(site.url());
  (void)browser.get(used);
  const auto token = browser.hidden("form_token");
  CHECK(choose(browser, used, token).status == 303);
  (void)browser.get(used);
  const auto next = browser.hidden("form_token");
  const auto unknown = choose(browser, "/login/link/nobody99/" + std::string(43, 'A'), next);
  CHECK(unknown.status == 403);
  CHECK(unknown.has("link-refused"));
  const auto expected = bytes_of(unknown);
  for (const auto& link : {used, expired, superseded, waiting, std::string("/login/link/x/y")}) {
    INFO(link);
    CHECK(bytes_of(choose(browser, link, next)) == expected);
  }
}

TEST_CASE("[SC-22] a link's own sessions end, and whoever else is signed in stays so",
          "[web][SC-22]") {
  LinkSite site;
  auto tsai = site.signed_in("tsai08", "蔡承恩", "staff");
  auto other = site.signed_in("chen11", "陳十一", "staff");
  const auto link = site.link_for("tsai08");
  CHECK(tsai.get("/documents").field("Location") == "/login?next=%2Fdocuments");
  CHECK_FALSE(other.get(link).has("陳十一"));
  CHECK(choose(other, link, other.hidden("form_token")).status == 303);
  CHECK(other.get("/documents").has("陳十一"));
}

TEST_CASE("[SC-22] an administrator gives a link on the page of a person, and sees it once",
          "[web][SC-22]") {
  LinkSite site;
  auto admin = site.signed_in("tsai08", "蔡承恩", "administrator");
  auto staff = site.signed_in("chen11", "陳十一", "staff");
  const auto form = [](Browser& browser, const std::string& delivery) {
    (void)browser.get("/people/chen11");
    return browser.post("/people/chen11/password", {{"form_token", browser.hidden("form_token")},
                                                    {"passphrase", Website::kPassphrase},
                                                    {"delivery", delivery}});
  };
  CHECK_FALSE(staff.get("/people/chen11").has("重設密碼"));
  CHECK(form(staff, "link").status == 403);
  const auto given = form(admin, "link");
  CHECK(given.status == 200);
  CHECK_FALSE(given.has("臨時密碼"));
  const auto at = given.body.find(site.url() + "/login/link/chen11/");
  REQUIRE(at != std::string::npos);
  const auto link = given.body.substr(at, given.body.find('<', at) - at).substr(site.url().size());
  CHECK_FALSE(admin.get("/people/chen11").has(link));
  Browser browser(site.url());
  (void)browser.get(link);
  CHECK(choose(browser, link, browser.hidden("form_token")).status == 303);
  CHECK(form(admin, "mail").has("系統未設定郵件"));
  CHECK(form(admin, "password").has("臨時密碼"));
}
