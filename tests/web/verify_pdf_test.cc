// A PDF checked in a browser: what came out of the store, what was tampered with, what was made to harm.
#include "crypto/pades.h"
#include "render/pades.h"
#include "service/seal.h"
#include "website.h"
#include "workflow/documents.h"

using namespace website;

namespace {

const std::string kNumber = "ISMS-02-001";

class SealedSite : public Website {
 public:
  SealedSite() {
    auto admin = as("hsu01");
    (void)service::issue_seal(admin);
    create(kNumber);
    carry_through(kNumber);
  }
  Bytes published() { return workflow::published_version(store(), kNumber, {1, 0}).pdf; }
};

Page check(Browser& browser, const Bytes& pdf) {
  (void)browser.get("/verify-pdf");
  return browser.post_file("/verify-pdf", {{"form_token", browser.hidden("form_token")}},
                           "管制程序.pdf", pdf);
}

}  // namespace

TEST_CASE("a PDF out of the store is found sound, in force, and sealed", "[web]") {
  SealedSite site;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto page = check(reader, site.published());
  CHECK(page.status == 200);
  for (const char* words : {"完好", "現行", "ISMS-02-001", "機關印章", "✓", "管制程序.pdf"}) {
    INFO(words);
    CHECK(page.has(words));
  }
}

TEST_CASE("who signed is read off the certificate, and a stranger to this store is no publication",
          "[web]") {
  SealedSite site;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto pdf = site.published();
  const auto unsealed = pdf.substr(0, pdf.find("%%EOF\n") + 6);
  const auto organisation = site.store().settings().name;
  auto prepared = render::prepare_signature(
      unsealed, {service::kSealField, organisation, "發布 publication", site.clock.now(), {}});
  const auto& chen = site.keys.at("chen04");
  const auto cms = crypto::sign_pades(prepared.covered(), chen.key, chen.certificate,
                                      {site.store().authority().issuer});
  const auto page = check(reader, render::with_signature(std::move(prepared), cms));
  for (const auto& words : {std::string("not-the-seal"), std::string("name-differs"),
                            "<dt>個人簽章</dt><dd>✗ " + profile_of("chen04").name}) {
    INFO(words);
    CHECK(page.has(words));
  }
  CHECK_FALSE(page.has("完好"));
}

TEST_CASE("what was added to a PDF is told on the page", "[web]") {
  SealedSite site;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto page = check(reader, site.published() + "% 本版已作廢\n");
  CHECK(page.status == 200);
  CHECK(page.has("有問題"));
  CHECK(page.has("bytes-appended"));
}

TEST_CASE("a PDF may be larger than any other file that a page takes, up to 16 MiB", "[web]") {
  SealedSite site;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto large = site.published() + Bytes(5 << 20, ' ');
  CHECK(check(reader, large).has("bytes-appended"));
  const auto head =
      "POST /verify-pdf HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
      "Content-Type: multipart/form-data; boundary=x\r\nCookie: __Host-vermilion=" +
      reader.cookies.at("__Host-vermilion") + "\r\nContent-Length: ";
  CHECK(browser::said(site.url(), head + std::to_string(17 << 20) + "\r\n\r\n")
            .starts_with("HTTP/1.1 413"));
}

TEST_CASE("what is no PDF, or nothing, is refused on the page", "[web]") {
  SealedSite site;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto page = check(reader, "<script>alert(1)</script>");
  CHECK(page.status == 422);
  CHECK(page.has("讀不懂這個 PDF"));
  CHECK_FALSE(page.has("<script>alert"));
  CHECK(check(reader, "").status == 422);
}

TEST_CASE(
    "of a document that one may not read a PDF tells nothing, and nobody checks unless signed in",
    "[web]") {
  SealedSite site;
  site.create("ISMS-02-009", "機密");
  site.carry_through("ISMS-02-009");
  const auto pdf = workflow::published_version(site.store(), "ISMS-02-009", {1, 0}).pdf;
  auto reader = site.signed_in("qian10", "錢予安", "staff");
  const auto page = check(reader, pdf);
  CHECK(page.status == 200);
  CHECK_FALSE(page.has("ISMS-02-009"));
  CHECK(page.has("不是您可讀到的任何一個發布版次"));
  Browser nobody(site.url());
  CHECK(nobody.get("/verify-pdf").status == 303);
  CHECK(nobody.post_file("/verify-pdf", {}, "a.pdf", pdf).status == 303);
}
