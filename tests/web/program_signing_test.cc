// A program beside a key file asks for the same pages as JSON, signs what awaits, and sends it with the same form.
#include <catch2/catch.hpp>

#include "crypto/cms.h"
#include "service/certificates.h"
#include "support/schemas.h"
#include "website.h"

using namespace website;

namespace {

const std::string kRound = "/documents/ISMS-02-001/review";
const std::string kAsJson = "Accept: application/json\r\n";

// 趙予安 of the office gets a password, and keeps the key file that he has.
class FileKeySite : public Website {
 public:
  FileKeySite() {
    create("ISMS-02-001");
    submit("ISMS-02-001");
    auto admin = as("hsu01");
    choose_password("zhao02", require_string(service::reset_password(admin, "zhao02"), "password"));
    if (browser.log_in("zhao02", kPassword).status != 303) throw Bug("no sign-in");
    token = json(browser.get("/", kAsJson))["form_token"];
  }
  static Json json(const Page& page) { return parse_json(page.body); }
  Page review(const std::string& more) {
    return browser.post(
        kRound, {{"form_token", token}, {"version", "1.0"}, {"step", "review"}, {"comment", "可"}},
        "", more);
  }
  // The signature over what awaits there, by whatever key.
  web::Fields signed_form(const Json& awaited, const crypto::PrivateKey& key) {
    const auto statement = awaited["statement"].get<std::string>();
    const auto der = [&](const char* name) {
      return crypto::Certificate::from_der(*from_base64(awaited[name].get<std::string>()));
    };
    const auto cms = crypto::sign_detached(statement, key, der("certificate"), {der("issuer")},
                                           model::parse_statement(statement).at);
    return {{"form_token", token}, {"password", kPassword}, {"cms", base64(cms)}};
  }

  Browser browser{url()};
  std::string token;
};

}  // namespace

TEST_CASE("a program beside a key file gets the statement as JSON and files its signature",
          "[web]") {
  FileKeySite site;
  const auto home = FileKeySite::json(site.browser.get("/", kAsJson));
  CHECK(schema_faults("web-home", home).empty());
  CHECK(home["waiting"].dump().find("ISMS-02-001") != std::string::npos);

  const auto begun = site.review(kAsJson);
  REQUIRE(begun.status == 303);
  const auto place = begun.field("Location");
  REQUIRE(place.starts_with("/sign/"));
  const auto awaited = FileKeySite::json(site.browser.get(place, kAsJson));
  CHECK(schema_faults("web-signing", awaited).empty());

  auto form = site.signed_form(awaited, site.keys.at("zhao02").key);
  form["password"] = "別人的密碼";
  const auto refused = site.browser.post(place, form, "", kAsJson);
  CHECK(refused.status == 403);
  CHECK(schema_faults("problem", FileKeySite::json(refused)).empty());
  form["password"] = Website::kPassword;
  CHECK(site.browser.post(place, form, "", kAsJson).status == 303);
  CHECK(
      site.store().evidence().read("documents/ISMS-02-001/revisions/1.0/02-review.statement.json"));
}

TEST_CASE("a program's signature by another key than the certificate's is refused", "[web]") {
  FileKeySite site;
  const auto place = site.review(kAsJson).field("Location");
  auto awaited = FileKeySite::json(site.browser.get(place, kAsJson));
  // A key and a certificate that belong together, and to somebody else.
  awaited["certificate"] = base64(site.keys.at("chen04").certificate.der());
  const auto answer =
      site.browser.post(place, site.signed_form(awaited, site.keys.at("chen04").key), "", kAsJson);
  CHECK(answer.status == 403);
  CHECK(FileKeySite::json(answer)["code"] == "wrong-person");
}

TEST_CASE("who keeps a key file and sits at a browser is not sent to sign there", "[web]") {
  FileKeySite site;
  const auto answer = site.review("");
  CHECK(answer.status != 303);
  CHECK(answer.field("Location") == "");
}
