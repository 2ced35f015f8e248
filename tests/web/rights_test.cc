// Every page asked for by every role: who lacks its right gets 403, an entry in the log, and no link to it.
#include "service/rights.h"

#include "service/lifecycle.h"
#include "web/routes.h"
#include "website.h"

using namespace website;

namespace {

std::string with_names(const std::string& pattern) {
  std::string path = pattern;
  for (auto at = path.find('{'); at != std::string::npos; at = path.find('{'))
    path.replace(at, path.find('}') - at + 1, "01JD9V3K5W8Q2M4N6P7R9S1T0V");
  return path;
}

bool ends_session(const web::Route& route) {
  const std::string pattern = route.pattern;
  return pattern == "/login" || pattern == "/logout";
}

// "granted", or "refused" when the page says so and the log too.
std::string outcome_of(Bureau& site, Browser& browser, const web::Route& route) {
  (void)browser.get("/rights");
  const auto token = browser.hidden("form_token");
  const auto before = site.mark().log_size;
  const auto path = with_names(route.pattern);
  const auto page = std::string(route.method) == "GET"
                        ? browser.get(path)
                        : browser.post(path, {{"form_token", token}});
  if (!page.has("no-right")) return "granted";
  for (const auto& row : site.log_from(before)) {
    if (row.kind == "page" && row.outcome == "refused:no-right")
      return page.status == 403 ? "refused" : "refused with another status";
  }
  return "refused, not logged";
}

// A page of the menu stands there for those alone who may ask for it.
void check_menu(Browser& browser, const identity::Role& role) {
  const auto home = browser.get("/");
  for (const auto& route : web::routes()) {
    const std::string pattern = route.pattern;
    if (!*route.right || (pattern != "/retention" && pattern != "/review")) continue;
    if (std::string(route.method) != "GET") continue;
    INFO(role.id << " " << pattern);
    CHECK(home.has("<a href=\"" + pattern + "\"") == role.rights.contains(route.right));
  }
}

}  // namespace

TEST_CASE("over all pages and roles: no link, 403 and an entry for who lacks the right [SC-31]",
          "[web]") {
  RecordWebsite site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  auto chen = site.as("chen04");
  (void)service::extend_person(chen, "tsai08", "2027-12-31");  // as a vendor's account needs
  auto admin = site.as("hsu01");
  int pairs = 0;
  const identity::Rules rules(site.store().evidence());
  for (const auto& role : rules.roles()) {
    if (role.rights.contains(identity::kScopedRight)) continue;  // below
    if (role.id != "staff") {
      (void)service::revoke_role(admin, {"tsai08", "staff", "", "", ""});
      (void)service::grant_role(admin, {"tsai08", role.id, "", "", ""});
    }
    check_menu(browser, role);
    for (const auto& route : web::routes()) {
      if (ends_session(route)) continue;
      INFO(role.id << " " << route.method << " " << route.pattern);
      const bool granted = !*route.right || role.rights.contains(route.right);
      CHECK(outcome_of(site, browser, route) == (granted ? "granted" : "refused"));
      ++pairs;
    }
    if (role.id != "staff") {
      (void)service::revoke_role(admin, {"tsai08", role.id, "", "", ""});
      (void)service::grant_role(admin, {"tsai08", "staff", "", "", ""});
    }
  }
  std::printf("(role, page) pairs checked: %d\n", pairs);
}

TEST_CASE(
    "an external auditor's menu leads nowhere outside his scope, and posting changes nothing "
    "[SC-31] [SC-51]",
    "[web]") {
  RecordWebsite site;
  auto browser = site.signed_in("ext01", "何立人", "external-auditor");
  const auto home = browser.get("/");
  for (const char* path : {"/retention", "/review", "/verify"})
    CHECK_FALSE(home.has("<a href=\"" + std::string(path) + "\""));
  CHECK(browser.get("/verify").status == 403);
  (void)browser.get("/rights");
  const auto token = browser.hidden("form_token");
  const auto head = site.mark().head;
  for (const auto& route : web::routes()) {
    if (std::string(route.method) != "POST" || ends_session(route)) continue;
    INFO(route.pattern);
    CHECK(browser.post(with_names(route.pattern), {{"form_token", token}}).status >= 400);
  }
  CHECK(site.mark().head == head);
}

TEST_CASE("the rights matrix is a page and a table [SC-32]", "[web]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto page = browser.get("/rights");
  CHECK(page.status == 200);
  CHECK(page.has("document.approve"));
  CHECK(page.has("<span aria-label=\"核准：可\">✓</span>"));
  auto console = site.console();
  CHECK(browser.get("/rights/csv").body == service::rights_matrix_csv(console));
}

TEST_CASE("a page that needs a purpose asks for it, and opens once it is stated [SC-40]", "[web]") {
  RecordWebsite site;
  const auto id = site.room_log("2026-11-01", "更換濾網");
  auto browser = site.signed_in("zheng11", "鄭文彬", "reviewer");
  const auto asked = browser.get("/records/" + id);
  CHECK(asked.status == 403);
  CHECK(asked.has("載明目的"));
  CHECK_FALSE(asked.has("更換濾網"));
  CHECK(asked.has("<option value=\"incident\">"));
  const auto page = browser.get("/records/" + id + "?purpose=incident");
  CHECK(page.status == 200);
  CHECK(page.has("更換濾網"));
  CHECK(page.has("/pdf?purpose=incident"));
  CHECK(browser.get("/records/" + id + "/pdf?purpose=incident").body.starts_with("%PDF-"));
}
