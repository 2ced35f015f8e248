// Signing in by the agency's service, and what a proof there is worth to somebody whose key lies in his browser.
#include "service/agency.h"

#include <catch2/catch.hpp>

#include "identity/key_requests.h"
#include "service/keys.h"
#include "service/lifecycle.h"
#include "web/agency_service.h"
#include "web/answer.h"
#include "web/browser_signing.h"
#include "web/site.h"
#include "website.h"

using namespace website;
using namespace std::chrono_literals;

namespace {

constexpr const char* kHere = "https://isms.example.gov.tw";
const std::string kReview = "/documents/ISMS-02-001/review";

// The site without a socket, so that the service it asks is the one here.
class AgencySite : public Bureau {
 public:
  AgencySite() : idp(clock), site_(disk, clock, path(), idp.ways()) {
    const auto file = path() / "vermilion.yaml";
    disk.replace(file, disk.read_all(file) + agency::Service::settings(kHere));
  }
  [[nodiscard]] Browser visitor() {
    return Browser(kHere, [this](const std::string&, const std::string& bytes) {
      const auto size = web::find_head_end(bytes, {}).size.value();
      const auto head = web::parse_head(bytes.substr(0, size), {}).head.value();
      const auto response = site_.answer(head, bytes.substr(size), "192.0.2.7");
      return web::answer_bytes(response, web::After::close, web::Body::sent, clock.now());
    });
  }
  void link(const std::string& account, const std::string& subject) {
    auto admin = as("hsu01");
    (void)service::link_account(admin, account, "oidc", subject);
  }
  // Out to the service by `path`, in there by that name, and back.
  Page come_in(Browser& browser, const std::string& subject,
               const std::string& path = "/login/agency") {
    sent = browser.get(path).field("Location");
    if (!sent.starts_with(agency::Service::kIssuer)) throw Bug("not sent to the service: " + sent);
    return browser.get(idp.sign_in(sent, subject));
  }
  // A reviewer whose key lies in this browser, who has come in by the service.
  Browser reviewer(const crypto::PrivateKey& key) {
    create("ISMS-02-001");
    submit("ISMS-02-001");
    auto admin = as("hsu01");
    (void)service::add_person(admin, {"tsai08", {"蔡承恩", "水保處", "技正", ""}});
    (void)service::grant_role(admin, {"tsai08", "reviewer", "", "", ""});
    sign(identity::prepare_authorisation(store(), "tsai08", office::signer("chen04", "approver"),
                                         office::act("person", "", "chen04")),
         "chen04");
    link("tsai08", "tsai-0809");
    auto tsai = visitor();
    if (come_in(tsai, "tsai-0809").status != 200) throw Bug("no sign-in");
    (void)tsai.get("/key");
    (void)tsai.post("/key", {{"form_token", tsai.hidden("form_token")},
                             {"request", base64(crypto::make_request(key, "tsai08", "tsai08"))}});
    (void)service::confirm_key(admin, "tsai08",
                               identity::find_key_request(store(), "tsai08").value().digest);
    return tsai;
  }
  // Where the review waits for his signature.
  std::string prepare(Browser& tsai, const std::string& comment) {
    (void)tsai.get(kReview);
    return tsai
        .post(kReview, {{"form_token", tsai.hidden("form_token")},
                        {"version", "1.0"},
                        {"step", "review"},
                        {"comment", comment}})
        .field("Location");
  }
  [[nodiscard]] std::size_t reviews() {
    std::size_t count = 0;
    for (const auto& filed :
         identity::filed_statements(store().evidence(), "documents/ISMS-02-001/revisions/1.0"))
      count += filed.statement.kind == "review" ? 1 : 0;
    return count;
  }
  std::string last_sign_in() {
    store::LogFilter filter;
    filter.kind = "login";
    filter.limit = 1;
    const auto row = store().catalogue().log(filter).back();
    return row.actor + ": " + row.subject + " " + row.outcome;
  }

  agency::Service idp;
  std::string sent;

 private:
  web::Site site_;
};

std::string answer_of(const Page& page) { return page.head + page.body; }

}  // namespace

TEST_CASE(
    "[SC-33] 以機關帳號登入者用瀏覽器的金鑰簽署 who came by the service signs in his browser "
    "once he has proved himself there anew, once for each proof",
    "[web][SC-33]") {
  AgencySite site;
  const auto key = crypto::PrivateKey::generate_p256();
  auto tsai = site.reviewer(key);
  const auto path = site.prepare(tsai, "條次已核對");
  REQUIRE(path.starts_with("/sign/"));
  const auto again = "/login/again?next=" + path;

  // Signed in this minute, but not proved anew: the page asks for it, and a signature sent all the same is refused.
  const auto page = tsai.get(path);
  CHECK(page.has(again));
  CHECK_FALSE(page.has("name=\"password\""));
  const auto refused = tsai.post(path, browser::signed_form(page, key));
  CHECK(refused.status == 403);
  CHECK(refused.has("sign-in-again"));
  CHECK(site.reviews() == 0);

  CHECK(site.come_in(tsai, "tsai-0809", again).field("Refresh") == "0; url=" + path);
  CHECK(site.sent.find("prompt=login") != std::string::npos);
  const auto open = tsai.get(path);
  CHECK_FALSE(open.has(again));
  CHECK(tsai.post(path, browser::signed_form(open, key)).status == 303);
  CHECK(site.reviews() == 1);
}

TEST_CASE(
    "[SC-33] a proof at the service is used up by a signature, and is too old after five "
    "minutes",
    "[web][SC-33]") {
  AgencySite site;
  const auto key = crypto::PrivateKey::generate_p256();
  auto tsai = site.reviewer(key);
  const auto first = site.prepare(tsai, "條次已核對");
  const auto second = site.prepare(tsai, "附表二已核對");
  (void)site.come_in(tsai, "tsai-0809", "/login/again?next=" + first);
  CHECK(tsai.post(first, browser::signed_form(tsai.get(first), key)).status == 303);
  const auto after_use = tsai.get(second);
  CHECK(tsai.post(second, browser::signed_form(after_use, key)).has("sign-in-again"));
  (void)site.come_in(tsai, "tsai-0809", "/login/again?next=" + second);
  site.clock.advance(5min + 1s);
  CHECK(tsai.post(second, browser::signed_form(tsai.get(second), key)).has("sign-in-again"));
  CHECK(site.reviews() == 1);
}

TEST_CASE("[SC-33] somebody else's proof at the service proves nothing of who is signed in",
          "[web][SC-33]") {
  AgencySite site;
  const auto key = crypto::PrivateKey::generate_p256();
  auto tsai = site.reviewer(key);
  site.link("lin01", "lin-0102");
  const auto path = site.prepare(tsai, "條次已核對");
  CHECK(site.come_in(tsai, "lin-0102", "/login/again?next=" + path).status == 403);
  const auto page = tsai.get(path);
  CHECK(tsai.post(path, browser::signed_form(page, key)).has("sign-in-again"));
  CHECK(site.reviews() == 0);
}

TEST_CASE(
    "[SC-24] 到期、停用、離職與未核准的帳號 who has expired, is disabled, has left or waits is "
    "refused by the service's word with the bytes of an unknown one, and logged",
    "[web][SC-24][SC-33]") {
  AgencySite site;
  auto chen = site.as("chen04");
  auto admin = site.as("hsu01");
  (void)service::add_person(admin, {"lai20", {"賴怡安", "水保處", "技士", ""}});
  for (const char* account : {"wu06", "qian08", "wang03", "lai20", "sun05"})
    site.link(account, std::string("of-") + account);
  (void)service::extend_person(chen, "wu06", "2026-11-23");
  auto before = site.visitor();
  CHECK(site.come_in(before, "of-wu06").status == 200);  // until its last day is over
  auto leaver = site.visitor();
  CHECK(site.come_in(leaver, "of-qian08").status == 200);
  (void)service::leave_person(admin, "qian08", "2026-11-23");
  (void)service::disable_person(admin, "wang03", "");
  site.clock.advance(48h);

  auto nobody = site.visitor();
  const auto expected = answer_of(site.come_in(nobody, "nobody-9999"));
  CHECK(expected.find("HTTP/1.1 403") == 0);
  CHECK(site.last_sign_in() == "local: account refused:login-failed");
  for (const std::string account : {"wu06", "qian08", "wang03", "lai20"}) {
    INFO(account);
    auto browser = site.visitor();
    CHECK(answer_of(site.come_in(browser, "of-" + account)) == expected);
    CHECK(site.last_sign_in() == account + ": account " + account + " refused:login-failed");
  }
  // Nor does a session of before go on.
  CHECK(before.get("/documents").field("Location") == "/login?next=%2Fdocuments");
  CHECK(leaver.get("/documents").field("Location") == "/login?next=%2Fdocuments");
  auto sun = site.visitor();
  CHECK(site.come_in(sun, "of-sun05").status == 200);
}
