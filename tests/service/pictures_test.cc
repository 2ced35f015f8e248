// Pictures of documents as people add, read and take them away, and as a dishonest operator changes them.
#include "support/pictures.h"

#include <catch2/catch.hpp>

#include "bureau.h"
#include "workflow/drafts.h"

using namespace bureau;

namespace {

const std::string kPictured = "ISMS-02-001";
const std::string kShown = "架構如下圖：\n\n![核心交換器與防火牆](files/網路架構.png)";
const std::string kPath = "documents/ISMS-02-001/files/網路架構.png";

class PictureBureau : public Bureau {
 public:
  Json draft(const std::string& text, std::map<std::string, std::optional<Bytes>> files = {}) {
    auto lin = as("lin01");
    service::DraftRequest request;
    request.id = kPictured;
    if (!text.empty()) request.source = source(kPictured, "公開", text);
    request.files = std::move(files);
    return service::draft_document(lin, request);
  }
  void publish_with_picture() {
    create(kPictured);
    (void)draft(kShown, {{"網路架構.png", pictures::small_png(1)}});
    carry_through(kPictured);
  }
  [[nodiscard]] std::string problems() {
    auto console = this->console();
    return service::verify_store(console, {})["problems"].dump();
  }
  [[nodiscard]] service::DocumentFile read(const std::string& account, const std::string& version,
                                           const std::string& name) {
    auto reader = as(account);
    return service::document_file(reader, kPictured, version, name);
  }
  void by_operator(const std::function<void(const store::Now&, store::Changes&)>& decide) {
    store::Act forged = act("note", "note", "system");
    forged.decide = decide;
    store().commit(forged);
  }
};

}  // namespace

TEST_CASE(
    "圖檔隨草案送審、核准、發行 a picture goes with its draft, from adding it to what is in force",
    "[service]") {
  PictureBureau at;
  at.create(kPictured);
  const auto early = at.draft(kShown);
  REQUIRE(early["notes"].size() == 1);
  CHECK(early["notes"][0]["zh"].get<std::string>().find("網路架構.png") != std::string::npos);
  CHECK(code_of([&] { at.submit(kPictured); }) == "image-unknown");
  const auto bytes = pictures::small_png(1);
  CHECK_FALSE(at.draft("", {{"網路架構.png", bytes}}).contains("notes"));
  CHECK(at.read("lin01", "1.0", "網路架構.png").bytes == bytes);
  at.carry_through(kPictured);
  const auto read = at.read("zhao02", "1.0", "網路架構.png");
  CHECK(read.bytes == bytes);
  CHECK(read.type == "image/png");
  CHECK(at.problems() == "[]");
}

TEST_CASE(
    "壞的圖檔加入時就退回，並指名 a picture that cannot be decoded is refused when it comes, by "
    "name",
    "[service]") {
  PictureBureau at;
  at.create(kPictured);
  const auto whole = pictures::small_png(1);
  CHECK(code_of([&] { (void)at.draft("", {{"a.png", whole.substr(0, 40)}}); }) == "image-damaged");
  CHECK(code_of([&] { (void)at.draft("", {{"a.jpg", whole}}); }) == "image-mismatch");
  CHECK(code_of([&] { (void)at.draft("", {{"a.png", whole + "PK"}}); }) == "image-trailing");
  CHECK(code_of([&] { (void)at.draft("", {{"../a.png", whole}}); }) == "bad-file-name");
  CHECK(workflow::require_draft(at.store(), kPictured, {1, 0}).info.files.empty());
}

TEST_CASE(
    "換了圖，核准就不成立；看過的不是這張也不能簽 a changed picture has no approval, and nobody "
    "signs one he did not see",
    "[service]") {
  PictureBureau at;
  at.create(kPictured);
  (void)at.draft(kShown, {{"網路架構.png", pictures::small_png(1)}});
  at.submit(kPictured);
  auto zhao = at.as("zhao02");
  const auto shown = service::show_document(zhao, kPictured, "", false)["versions"].back();
  service::StepRequest step{kPictured, "", "", "", "條次已核對"};
  step.read_draft = require_string(shown, "draft");
  (void)at.draft("", {{"網路架構.png", pictures::small_png(2)}});
  CHECK(code_of([&] { (void)service::review_document(zhao, step); }) == "draft-changed");
  CHECK(code_of([&] { at.approve(kPictured); }) == "draft-changed");
  at.submit(kPictured);
  CHECK(code_of([&] { (void)service::review_document(zhao, step); }) == "draft-changed");
}

TEST_CASE(
    "比對指出圖的新增、變更與移除 a comparison tells which pictures were added, changed and "
    "removed",
    "[service]") {
  PictureBureau at;
  at.publish_with_picture();
  (void)at.draft("", {{"網路架構.png", pictures::small_png(2)}});
  auto lin = at.as("lin01");
  CHECK(service::diff_document(lin, kPictured, "", "")["files"] ==
        Json::parse(R"([{"name":"網路架構.png","kind":"changed"}])"));
  (void)at.draft("換一張。\n\n![機房](files/機房.png)",
                 {{"網路架構.png", std::nullopt}, {"機房.png", pictures::small_png(3)}});
  CHECK(service::diff_document(lin, kPictured, "", "")["files"] ==
        Json::parse(
            R"([{"name":"機房.png","kind":"added"},{"name":"網路架構.png","kind":"removed"}])"));
}

TEST_CASE(
    "圖檔的讀取權與內文相同，也一樣留下紀錄 a picture opens to whom the text opens, and reading it "
    "is logged alike",
    "[service]") {
  PictureBureau at;
  at.publish_with_picture();
  CHECK(code_of([&] { (void)at.read("zhao02", "1.0", "raw.txt"); }) == "no-file");
  CHECK(code_of([&] { (void)at.read("zhao02", "1.0", "../document.md"); }) == "no-file");
  CHECK(code_of([&] { (void)at.read("zhao02", "9.9", "網路架構.png"); }) == "no-version");
  auto lin = at.as("lin01");
  service::DraftRequest next;
  next.id = kPictured;
  next.source = source(kPictured, "限閱", kShown);
  (void)service::draft_document(lin, next);
  at.carry_through(kPictured);
  auto console = at.console();
  CHECK(code_of([&] { (void)service::document_file(console, kPictured, "1.1", "網路架構.png"); }) !=
        "done");
  const auto before = at.store().log().checkpoint().size;
  auto reader = at.for_purpose("zhao02");
  (void)service::document_file(reader, kPictured, "1.1", "網路架構.png");
  const auto rows = at.log_from(before);
  REQUIRE_FALSE(rows.empty());
  CHECK(rows.back().kind == "read");
  CHECK(rows.back().subject.starts_with("document ISMS-02-001 1.1"));
}

TEST_CASE(
    "營運者換掉、拿掉或加放圖檔，驗證會指出 verify names a picture that an operator changed, "
    "removed or put there",
    "[service]") {
  PictureBureau at;
  at.publish_with_picture();
  REQUIRE(at.problems() == "[]");
  at.by_operator([&](const store::Now&, store::Changes& changes) {
    changes.put(kPath, pictures::small_png(9));
  });
  CHECK(at.problems().find("documents/ISMS-02-001/files") != std::string::npos);
}

TEST_CASE(
    "簽過的聲明沒有的圖檔，混進發行也會被指出 a picture that nobody signed is named though it came "
    "with the publication",
    "[service]") {
  PictureBureau at;
  at.publish_with_picture();
  at.by_operator([&](const store::Now&, store::Changes& changes) {
    changes.put("documents/ISMS-02-001/files/另一張.png", pictures::small_png(9));
  });
  CHECK(at.problems().find("documents/ISMS-02-001/files") != std::string::npos);
  (void)at.draft("不要圖了。", {{"網路架構.png", std::nullopt}, {"另一張.png", std::nullopt}});
  at.carry_through(kPictured);
  CHECK(
      at.problems() ==
      "[]");  // what was there meanwhile is in the log and in git; what stands now is what was signed
}
