// A key in the browser, with the test in the browser's place: its certificate, and what it signs.
#include <catch2/catch.hpp>

#include "identity/key_requests.h"
#include "service/audit_access.h"
#include "service/keys.h"
#include "web/browser_signing.h"
#include "website.h"

using namespace website;
using browser::between;

namespace {

const std::string kReviewPage = "/documents/ISMS-02-001/review";

// A person whose key lies in his browser, at a page of his.
struct Holder {
  Browser browser;
  std::string account;
  std::string password;
  crypto::PrivateKey key;

  [[nodiscard]] Bytes request() const { return crypto::make_request(key, account, account); }
};

// What a browser makes of the page that shows a statement.
web::Fields signed_form(const Holder& holder, const Page& page, const crypto::PrivateKey& key,
                        const std::string& more = "") {
  auto form = browser::signed_form(page, key, more);
  form["password"] = holder.password;
  return form;
}

class BrowserSite : public Website {
 public:
  BrowserSite() {
    create("ISMS-02-001");
    submit("ISMS-02-001");
  }

  Holder arrives(const std::string& account, const std::string& name, const std::string& role) {
    auto admin = as("hsu01");
    const auto made = service::add_person(admin, {account, {name, "水保處", "技正", ""}});
    (void)service::grant_role(admin, {account, role, "", "", ""});
    authorise(account);
    choose_password(account, require_string(made, "password"));
    Holder holder{Browser(url()), account, kPassword, crypto::PrivateKey::generate_p256()};
    if (holder.browser.log_in(account, holder.password).status != 303) throw Bug("no sign-in");
    return holder;
  }

  Page ask(Holder& holder, const Bytes& request) {
    (void)holder.browser.get("/key");
    return holder.browser.post("/key", {{"form_token", holder.browser.hidden("form_token")},
                                        {"request", base64(request)}});
  }

  [[nodiscard]] std::string digest_of(const std::string& account) {
    const auto found = identity::find_key_request(store(), account);
    return found ? found->digest : "";
  }

  void confirm(const std::string& account) {
    auto admin = as("hsu01");
    (void)service::confirm_key(admin, account, digest_of(account));
  }

  Holder enrolled(const std::string& account, const std::string& name, const std::string& role) {
    auto holder = arrives(account, name, role);
    if (ask(holder, holder.request()).status != 303) throw Bug("the request was not taken");
    confirm(account);
    return holder;
  }

  // The page on which the statement stands: its path is the answer's.
  std::string prepare_review(Holder& holder) {
    (void)holder.browser.get(kReviewPage);
    const auto answer =
        holder.browser.post(kReviewPage, {{"form_token", holder.browser.hidden("form_token")},
                                          {"version", "1.0"},
                                          {"step", "review"},
                                          {"comment", "條次 <已核對> & \"無誤\""}});
    if (answer.status != 303) throw Bug("not prepared: " + answer.body);
    return answer.field("Location");
  }
};

}  // namespace

TEST_CASE("a key in the browser is certified by a second person, who has compared its code",
          "[web]") {
  BrowserSite site;
  auto tsai = site.arrives("tsai08", "蔡承恩", "reviewer");
  CHECK(site.ask(tsai, tsai.request()).status == 303);
  const auto waiting = tsai.browser.get("/key");
  CHECK(waiting.has("data-requested=\"" + identity::key_id(tsai.key.public_key()) + "\""));
  CHECK(tsai.browser.get("/key/requests").status == 403);

  auto admin = site.signed_in("huang05", "黃國維", "administrator");
  CHECK(admin.get("/").has("/key/requests/tsai08"));
  const auto page = admin.get("/key/requests/tsai08");
  CHECK(page.has("蔡承恩"));
  CHECK(page.has("web:127.0.0.1"));
  CHECK(page.has(identity::spoken_code(tsai.key.public_key())));
  web::Fields form = {{"form_token", admin.hidden("form_token")},
                      {"digest", admin.hidden("digest")},
                      {"passphrase", Website::kPassphrase}};
  const auto before = site.mark();
  CHECK(admin.post("/key/requests/tsai08", form).has("code-not-compared"));
  CHECK(site.mark().head == before.head);
  form["compared"] = "yes";
  CHECK(admin.post("/key/requests/tsai08", form).status == 303);
  CHECK(admin.post("/key/requests/tsai08", form).status == 404);

  const auto entry =
      identity::signing_certificate(identity::require_person(site.store().evidence(), "tsai08"));
  CHECK(entry.custody == "browser");
  CHECK(
      tsai.browser.get("/key").has("data-certified=\"" + identity::key_id(tsai.key.public_key())));
}

TEST_CASE("a request that proves nothing, or is by another, is refused and nothing is stored",
          "[web]") {
  BrowserSite site;
  auto tsai = site.arrives("tsai08", "蔡承恩", "reviewer");
  const auto before = site.mark();
  auto forged = tsai.request();
  forged.back() = static_cast<char>(forged.back() ^ 1);
  CHECK(site.ask(tsai, forged).has("request-unproved"));
  CHECK(site.ask(tsai, "").has("request-unproved"));
  CHECK(site.ask(tsai, Bytes(5000, '0')).has("request-too-large"));
  CHECK(
      site.ask(tsai, crypto::make_request(tsai.key, "chen04", "chen04")).has("request-of-another"));
  CHECK(site.mark().head == before.head);
}

TEST_CASE(
    "a request is not confirmed by its holder, after 14 days, or for another than was looked at",
    "[web]") {
  BrowserSite site;
  auto admin = site.arrives("hsu10", "許淑芬", "administrator");
  (void)site.ask(admin, admin.request());
  auto own = site.as("hsu01");
  service::Caller herself;
  herself.credentials.account = "hsu10";
  herself.from = "web:192.0.2.7";
  herself.signed_in = herself.signs_elsewhere = true;
  auto self = service::Context(site.disk, site.clock, site.path(), herself);
  CHECK(code_of([&] { (void)service::confirm_key(self, "hsu10", site.digest_of("hsu10")); }) ==
        "certifies-self");
  const auto first = site.digest_of("hsu10");
  admin.key = crypto::PrivateKey::generate_p256();
  (void)site.ask(admin, admin.request());
  CHECK(code_of([&] { (void)service::confirm_key(own, "hsu10", first); }) == "no-key-request");
  const auto second = site.digest_of("hsu10");
  site.clock.advance(std::chrono::hours(14 * 24) + std::chrono::seconds(1));
  auto later = site.as("hsu01");
  CHECK(service::list_key_requests(later).empty());
  CHECK(code_of([&] { (void)service::confirm_key(later, "hsu10", second); }) == "no-key-request");
}

TEST_CASE("a step is signed in the browser: prepared, shown, signed, and filed as any other",
          "[web]") {
  BrowserSite site;
  auto tsai = site.enrolled("tsai08", "蔡承恩", "reviewer");
  CHECK_FALSE(tsai.browser.get(kReviewPage).has("name=\"passphrase\""));
  const auto before = site.mark();
  const auto path = site.prepare_review(tsai);
  CHECK(path.starts_with("/sign/"));
  CHECK(site.mark().log_size == before.log_size);
  const auto page = tsai.browser.get(path);
  for (const char* shown : {"審查", "ISMS-02-001", "條次 &lt;已核對&gt;", "水保處", "蔡承恩"})
    CHECK(page.has(shown));
  const auto form = signed_form(tsai, page, tsai.key);
  const auto done = tsai.browser.post(path, form);
  CHECK(done.status == 303);
  CHECK(tsai.browser.get(done.field("Location")).has("已完成：審查通過"));
  const auto filed =
      identity::filed_statements(site.store().evidence(), "documents/ISMS-02-001/revisions/1.0");
  REQUIRE(filed.size() == 2);
  CHECK(filed.back().statement.signer.account == "tsai08");
  CHECK(filed.back().statement.subject["comment"] == "條次 <已核對> & \"無誤\"");
  auto console = site.console();
  CHECK(service::verify_store(console, {})["problems"].empty());

  const auto after = site.mark();
  CHECK(tsai.browser.post(path, form).has("prepared-gone"));  // replayed
  CHECK(site.mark().head == after.head);
}

TEST_CASE(
    "what was prepared is for its session alone, for 15 minutes, and for the password's owner",
    "[web]") {
  BrowserSite site;
  auto tsai = site.enrolled("tsai08", "蔡承恩", "reviewer");
  const auto path = site.prepare_review(tsai);
  const auto page = tsai.browser.get(path);
  auto form = signed_form(tsai, page, tsai.key);
  const auto before = site.mark();

  Holder elsewhere{Browser(site.url()), "tsai08", tsai.password, tsai.key};
  (void)elsewhere.browser.log_in("tsai08", tsai.password);
  (void)elsewhere.browser.get("/key");
  auto foreign = form;
  foreign["form_token"] = elsewhere.browser.hidden("form_token");
  CHECK(elsewhere.browser.get(path).status == 404);
  CHECK(elsewhere.browser.post(path, foreign).status == 404);

  auto unproved = form;
  unproved["password"] = "不是這個密碼喔";
  const auto wrong = tsai.browser.post(path, unproved);
  CHECK(wrong.status == 403);
  CHECK(wrong.has("wrong-password"));
  CHECK(site.mark().head == before.head);

  site.clock.advance(std::chrono::minutes(8));
  CHECK(tsai.browser.get(path).status == 200);
  site.clock.advance(std::chrono::minutes(7) + std::chrono::seconds(1));
  CHECK(tsai.browser.post(path, form).has("prepared-gone"));
  CHECK(site.mark().head == before.head);
}

TEST_CASE("a signature over other bytes, by another's key, or that is none files nothing",
          "[web]") {
  BrowserSite site;
  auto tsai = site.enrolled("tsai08", "蔡承恩", "reviewer");
  auto lee = site.enrolled("lee09", "李佳蓉", "reviewer");
  const auto lees_path = site.prepare_review(lee);
  const auto refused = [&](const std::string& code, const auto& forge) {
    const auto path = site.prepare_review(tsai);
    const auto page = tsai.browser.get(path);
    auto form = signed_form(tsai, page, tsai.key);
    forge(form, page);
    const auto before = site.mark();
    const auto answer = tsai.browser.post(path, form);
    INFO(answer.body);
    CHECK(answer.status == 403);
    CHECK(answer.has(code));
    CHECK(site.mark().head == before.head);
    CHECK(site.log_from(before.log_size).back().outcome == "refused:" + code);
  };
  refused("content-changed", [&](auto& form, const Page& page) {
    form["cms"] = signed_form(tsai, page, tsai.key, " ")["cms"];
  });
  refused("signature-bad", [](auto& form, const Page&) { form["cms"] = ""; });
  refused("signature-bad", [](auto& form, const Page&) { form["cms"] = "%%%"; });
  refused("signature-bad", [](auto& form, const Page&) {
    auto cms = *from_base64(form["cms"]);
    cms.back() = static_cast<char>(cms.back() ^ 1);
    form["cms"] = base64(cms);
  });
  refused("wrong-person", [&](auto& form, const Page& page) {
    const auto certificates = lee.browser.get(lees_path);
    auto mixed = page;
    mixed.body.replace(
        mixed.body.find("data-certificate=\""), 0,
        "data-certificate=\"" + between(certificates, "data-certificate=\"", "\"") + "\" ");
    form["cms"] = signed_form(tsai, mixed, lee.key)["cms"];
  });
}

TEST_CASE("who lost his role after a signature was prepared does not sign", "[web]") {
  BrowserSite site;
  auto tsai = site.enrolled("tsai08", "蔡承恩", "reviewer");
  const auto path = site.prepare_review(tsai);
  const auto form = signed_form(tsai, tsai.browser.get(path), tsai.key);
  auto admin = site.as("hsu01");
  (void)service::revoke_role(admin, {"tsai08", "reviewer", "", "", ""});
  const auto before = site.mark();
  const auto answer = tsai.browser.post(path, form);
  CHECK(answer.status == 403);
  CHECK(answer.has("no-role"));
  CHECK(site.mark().head == before.head);
}

TEST_CASE("who is held to an audit after a signature was prepared does not sign [SC-51]", "[web]") {
  BrowserSite site;
  auto tsai = site.enrolled("tsai08", "蔡承恩", "reviewer");
  const auto path = site.prepare_review(tsai);
  const auto form = signed_form(tsai, tsai.browser.get(path), tsai.key);
  auto head = site.as("chen04");
  service::AuditRequest audit;
  audit.auditor = "tsai08";
  audit.to = "2027-12-31";
  audit.documents = {"ISMS-02-001"};
  (void)service::approve_audit(head, audit);
  const auto before = site.mark();
  CHECK(tsai.browser.post(path, form).has("read-only"));
  CHECK(site.mark().head == before.head);
}

TEST_CASE("a lost key is replaced: the old certificate is revoked, its signatures stay good",
          "[web]") {
  BrowserSite site;
  auto tsai = site.enrolled("tsai08", "蔡承恩", "reviewer");
  const auto path = site.prepare_review(tsai);
  const auto form = signed_form(tsai, tsai.browser.get(path), tsai.key);
  site.clock.advance(std::chrono::minutes(1));
  const auto old = tsai.key;
  tsai.key = crypto::PrivateKey::generate_p256();
  CHECK(site.ask(tsai, tsai.request()).status == 303);
  CHECK(tsai.browser.post(path, form).status == 303);  // until it is confirmed, the old one signs
  auto lee = site.enrolled("lee09", "李佳蓉", "reviewer");
  const auto late_path = site.prepare_review(lee);
  const auto late = signed_form(lee, lee.browser.get(late_path), lee.key);
  lee.key = crypto::PrivateKey::generate_p256();
  (void)site.ask(lee, lee.request());
  site.clock.advance(std::chrono::minutes(1));
  site.confirm("tsai08");
  site.confirm("lee09");
  const auto before = site.mark();
  CHECK(lee.browser.post(late_path, late).has("certificate-revoked"));  // prepared before
  CHECK(site.mark().head == before.head);
  const auto person = identity::require_person(site.store().evidence(), "tsai08");
  REQUIRE(person.certificates.size() == 2);
  CHECK(person.certificates.front().revoked.has_value());
  CHECK_FALSE(person.certificates.back().revoked.has_value());
  CHECK(
      tsai.browser.get("/key").has("data-certified=\"" + identity::key_id(tsai.key.public_key())));
  auto console = site.console();
  CHECK(service::verify_store(console, {})["problems"].empty());
}

TEST_CASE("only the pages that use a key in the browser may run a script, and only one of ours",
          "[web]") {
  BrowserSite site;
  auto tsai = site.enrolled("tsai08", "蔡承恩", "reviewer");
  const auto signing = site.prepare_review(tsai);
  for (const auto& path : {std::string("/key"), signing}) {
    const auto page = tsai.browser.get(path);
    CHECK(page.field("Content-Security-Policy").ends_with("; script-src 'self'"));
    const auto script = between(page, "<script type=\"module\" src=\"", "\"");
    const auto text = tsai.browser.get(script);
    CHECK(text.field("Content-Type") == "text/javascript; charset=utf-8");
    CHECK(tsai.browser.get(between(text, "from \"", "\"")).status == 200);
  }
  for (const char* path : {"/", "/documents", "/login", "/nowhere"})
    CHECK(tsai.browser.get(path).field("Content-Security-Policy").find("script") ==
          std::string::npos);
}
