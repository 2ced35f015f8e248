// Copies of a published PDF taken away in a browser: one that says what it is today, one under a password.
#include "website.h"

using namespace website;

namespace {

const std::string kNumber = "ISMS-02-001";
const std::string kPage = "/documents/ISMS-02-001";
const std::string kPdf = "/documents/ISMS-02-001/pdf?version=1.0";

class PublishedSite : public Website {
 public:
  PublishedSite() {
    create(kNumber);
    carry_through(kNumber);
  }
};

Page encrypted(Browser& browser, const std::string& password) {
  (void)browser.get(kPage);
  return browser.post(kPdf, {{"form_token", browser.hidden("form_token")}, {"password", password}});
}

}  // namespace

TEST_CASE("a reader takes away a copy that his password opens", "[web]") {
  PublishedSite site;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto page = encrypted(reader, "Wu-ran-fang-zhi 115");
  CHECK(page.status == 200);
  CHECK(page.field("Content-Type") == "application/pdf");
  CHECK(page.field("Cache-Control") == "no-store");
  CHECK(page.has("/Encrypt"));
  CHECK(page.body.find("Wu-ran-fang-zhi") == std::string::npos);
  CHECK_FALSE(reader.get(kPdf).has("/Encrypt"));
  CHECK(reader.get(kPdf).body != reader.get(kPdf + "&marked=1").body);
}

TEST_CASE("a password that is too short is told on the page, and no PDF leaves", "[web]") {
  PublishedSite site;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto page = encrypted(reader, "elevenchars");
  CHECK(page.status == 422);
  CHECK(page.has("copy-password"));
  CHECK(page.has("<details open>"));
  CHECK_FALSE(page.has("elevenchars"));
}

TEST_CASE("a copy is no way around the rights: who may not read gets none", "[web]") {
  PublishedSite site;
  site.create("ISMS-02-009", "機密");
  site.carry_through("ISMS-02-009");
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  (void)reader.get(kPage);
  CHECK(
      reader
          .post("/documents/ISMS-02-009/pdf?version=1.0",
                {{"form_token", reader.hidden("form_token")}, {"password", "Wu-ran-fang-zhi 115"}})
          .status == 404);
}
