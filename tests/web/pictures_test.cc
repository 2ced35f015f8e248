// Pictures of documents in a browser: added on the page of the draft, shown in the text, kept from who may not read.
#include "support/pictures.h"

#include "web/multipart.h"
#include "website.h"

using namespace website;

namespace {

const std::string kId = "ISMS-02-001";
const std::string kReview = "/documents/ISMS-02-001/review";
const std::string kFiles = "/documents/ISMS-02-001/files";
const std::string kShown = "架構如下圖：\n\n![核心交換器與防火牆](files/網路架構.png)";
const std::string kPicture = kFiles + "/" + percent_encoded("網路架構.png") + "?version=1.0";

// A draft whose text shows a picture that it does not have yet.
class PictureSite : public Website {
 public:
  PictureSite() {
    create(kId);
    revise(kId, "公開", kShown);
  }
};

Page add(Browser& browser, const std::string& name, const std::string& bytes) {
  (void)browser.get(kReview);
  return browser.post_file(
      kFiles, {{"form_token", browser.hidden("form_token")}, {"version", "1.0"}}, name, bytes);
}

// What the server says to the head of an upload, before any of it is sent.
std::string announced(const std::string& url, std::size_t bytes, const std::string& more = "") {
  const auto head =
      "POST " + kFiles + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more +
      "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: " + std::to_string(bytes) +
      "\r\n\r\n";
  return browser::said(url, head).substr(0, 12);
}

}  // namespace

TEST_CASE("an owner adds a picture on the page of the draft and sees it in the text", "[web]") {
  PictureSite site;
  auto owner = site.signed_in("qian10", "錢予安", "owner");
  const auto bare = owner.get(kReview);
  CHECK(bare.has("〔圖：核心交換器與防火牆〕"));
  CHECK_FALSE(bare.has("/files/" + percent_encoded("網路架構.png")));
  const auto bytes = pictures::small_png(1);
  CHECK(add(owner, "網路架構.png", bytes).status == 303);
  const auto page = owner.get(kReview);
  CHECK(page.has("<img src=\"" + kPicture + "\" alt=\"核心交換器與防火牆\">"));
  const auto picture = owner.get(kPicture);
  CHECK(picture.status == 200);
  CHECK(picture.body == bytes);
  CHECK(picture.field("Content-Type") == "image/png");
  CHECK(picture.field("X-Content-Type-Options") == "nosniff");
  CHECK(picture.field("Content-Security-Policy").starts_with("default-src 'none'"));
  CHECK(picture.field("Cache-Control") == "no-store");
}

TEST_CASE("what is no picture is told on the page, and nothing is added", "[web]") {
  PictureSite site;
  auto owner = site.signed_in("qian10", "錢予安", "owner");
  const auto refused = add(owner, "網路架構.png", "<script>alert(1)</script>");
  CHECK(refused.status == 422);
  CHECK(refused.has("網路架構.png"));
  CHECK(add(owner, "../a.png", pictures::small_png(1)).status == 422);
  CHECK(add(owner, "", "").status == 422);
  CHECK_FALSE(owner.get(kReview).has("<li><a href=\"/documents/ISMS-02-001/files/"));
}

TEST_CASE("a picture is taken away on the page", "[web]") {
  PictureSite site;
  auto owner = site.signed_in("qian10", "錢予安", "owner");
  (void)add(owner, "網路架構.png", pictures::small_png(1));
  (void)owner.get(kReview);
  CHECK(owner
            .post(kFiles, {{"form_token", owner.hidden("form_token")},
                           {"version", "1.0"},
                           {"remove", "網路架構.png"}})
            .status == 303);
  CHECK(owner.get(kPicture).status == 404);
}

TEST_CASE("who may not draft adds nothing, and who is nobody reads nothing and uploads nothing",
          "[web]") {
  PictureSite site;
  auto reader = site.signed_in("shi11", "施雅婷", "auditor");
  CHECK_FALSE(reader.get(kReview).has("type=\"file\""));
  CHECK(add(reader, "a.png", pictures::small_png(1)).status == 403);
  Browser nobody(site.url());
  CHECK(nobody.get(kPicture).status == 303);
  CHECK(nobody.post_file(kFiles, {{"version", "1.0"}}, "a.png", pictures::small_png(1)).status ==
        303);
  CHECK(announced(site.url(), 300'000) == "HTTP/1.1 413");
}

TEST_CASE("an upload needs the token of its page and has a limit of its own", "[web]") {
  PictureSite site;
  auto owner = site.signed_in("qian10", "錢予安", "owner");
  CHECK(owner.post_file(kFiles, {{"version", "1.0"}}, "a.png", pictures::small_png(1)).status ==
        403);
  CHECK(add(owner, "a.png", std::string(4 << 20, 'x')).status == 422);
  const auto cookie = "Cookie: __Host-vermilion=" + owner.cookies.at("__Host-vermilion") + "\r\n";
  CHECK(announced(site.url(), 5 << 20, cookie) == "HTTP/1.1 413");
}

TEST_CASE("a published page shows its picture, to whom the text opens", "[web]") {
  PictureSite site;
  auto owner = site.signed_in("qian10", "錢予安", "owner");
  (void)add(owner, "網路架構.png", pictures::small_png(1));
  site.carry_through(kId);
  CHECK(owner.get("/documents/" + kId).has("<img src=\"" + kPicture + "\""));
  CHECK(owner.get(kPicture).status == 200);
  CHECK(owner.get(kFiles + "/raw.txt?version=1.0").status == 404);
  CHECK(owner.get(kFiles + "/" + percent_encoded("網路架構.png") + "?version=2.0").status == 404);
  CHECK(owner.get(kFiles + "/..%2Fdocument.md?version=1.0").status == 400);
}

TEST_CASE("a form with a file is taken apart, or not at all", "[web]") {
  const std::string type = "multipart/form-data; boundary=x";
  const std::string part = "--x\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n1.1\r\n";
  const auto form =
      web::parse_multipart(type, part +
                                     "--x\r\nContent-Disposition: form-data; name=\"file\"; "
                                     "filename=\"圖.png\"\r\n\r\n\x89PNG\r\n\x1a\r\n--x--\r\n");
  REQUIRE(form);
  CHECK(form->fields == web::Fields{{"version", "1.1"}});
  CHECK(form->uploads.at("file").name == "圖.png");
  CHECK(form->uploads.at("file").bytes == "\x89PNG\r\n\x1a");
  CHECK_FALSE(web::parse_multipart("multipart/form-data", part + "--x--\r\n"));
  CHECK_FALSE(web::parse_multipart(type, part + part + "--x--\r\n"));
  CHECK_FALSE(web::parse_multipart(type, "--x\r\n\r\n1\r\n--x--\r\n"));
  CHECK_FALSE(web::parse_multipart(
      type, "--x\r\nContent-Disposition: form-data; name=\"a\xff\"\r\n\r\n1\r\n--x--\r\n"));
  std::string many;
  for (int i = 0; i < 21; ++i)
    many +=
        "--x\r\nContent-Disposition: form-data; name=\"" + std::to_string(i) + "\"\r\n\r\n1\r\n";
  CHECK_FALSE(web::parse_multipart(type, many + "--x--\r\n"));
}
