// Pictures of a draft, from the day they are added to the version that shows them.
#include "workflow/draft_files.h"

#include "desk.h"

using namespace desk;

namespace {

const std::string kName = "網路架構.png";
const Bytes kShows =
    "# 壹、總則\n\n一、架構如下圖：\n\n![核心交換器與防火牆](files/網路架構.png)\n";

class PictureDesk : public Desk {
 public:
  store::Receipt change(const workflow::DraftChange& change, const Version& version = {1, 0}) {
    return workflow::save_draft(store(), kId, version, change,
                                act("draft", "document " + kId, "lin01"));
  }
  store::Receipt put(const std::string& name, const std::optional<Bytes>& bytes,
                     const Version& version = {1, 0}) {
    workflow::DraftChange one;
    one.files[name] = bytes;
    return change(one, version);
  }
  // A draft that shows a picture it has.
  void create_with_picture() {
    create();
    workflow::DraftChange one;
    one.markdown = kShows;
    one.files[kName] = "一";
    change(one);
  }
  [[nodiscard]] std::map<std::string, Bytes> files(const Version& version = {1, 0}) {
    return workflow::draft_files(store(), workflow::require_draft(store(), kId, version));
  }
  [[nodiscard]] std::optional<Bytes> on_main(const std::string& name) {
    return store().evidence().read("documents/" + kId + "/files/" + name);
  }
};

std::string fault(const std::string& text, const std::vector<std::string>& names) {
  model::DraftInfo info;
  for (const auto& name : names) info.files[name] = "sha256:0";
  std::string all;
  for (const auto& one : workflow::picture_faults(text, info))
    all += fmt::format("{}:{} ", one.line, one.code);
  return all;
}

}  // namespace

TEST_CASE("files are added, replaced and taken away with the draft, whatever else is saved",
          "[workflow]") {
  PictureDesk desk;
  desk.create();
  desk.put(kName, "一");
  desk.put("b.jpg", "二");
  desk.save({1, 0}, kRevised);
  CHECK(desk.files() == std::map<std::string, Bytes>{{kName, "一"}, {"b.jpg", "二"}});
  desk.put(kName, "三");
  desk.put("b.jpg", std::nullopt);
  CHECK(desk.files() == std::map<std::string, Bytes>{{kName, "三"}});
  CHECK(desk.refusal([&] { desk.put("b.jpg", std::nullopt); }) == "no-draft-file");
}

TEST_CASE("a file's name is one part of a path and says that it is a picture", "[workflow]") {
  PictureDesk desk;
  desk.create();
  for (const char* name :
       {"../a.png", "a/b.png", "a b.png", ".png", ".a.png", "a.svg", "a.PNG", "a.png\n", "a(1).png",
        "raw.txt", "", "a%2e.png", "..\\a.png", "a\xff.png"}) {
    INFO(name);
    CHECK(desk.refusal([&] { desk.put(name, "x"); }) == "bad-file-name");
  }
  const auto long_name = fmt::format("{:a>101}", ".png");
  CHECK(desk.refusal([&] { desk.put(long_name, "x"); }) == "bad-file-name");
  for (const char* name : {"圖3-1.png", "A_b.jpeg", "𠮷.jpg"}) desk.put(name, "x");
  CHECK(desk.files().size() == 3);
}

TEST_CASE("one file, and all of them together, have a limit", "[workflow]") {
  PictureDesk desk;
  desk.create();
  CHECK(desk.refusal([&] { desk.put("a.png", Bytes(workflow::kMostFileBytes + 1, 'x')); }) ==
        "file-too-large");
  workflow::DraftChange many;
  for (std::size_t i = 0; i <= workflow::kMostFiles; ++i)
    many.files[fmt::format("{}.png", i)] = "x";
  CHECK(desk.refusal([&] { desk.change(many); }) == "files-too-many");
  const Bytes large(workflow::kMostFileBytes, 'x');
  for (int i = 0; i < 6; ++i) desk.put(fmt::format("{}.png", i), large);
  CHECK(desk.refusal([&] { desk.put("6.png", large); }) == "files-too-many");
}

TEST_CASE("everything wrong with the pictures of a text is told with its line", "[workflow]") {
  CHECK(fault("![圖](files/a.png)\n", {"a.png"}).empty());
  CHECK(fault("一\n\n![圖](files/a.png)\n", {}) == "3:image-unknown ");
  CHECK(fault("![](files/a.png)\n", {"a.png"}) == "1:image-without-words ");
  CHECK(fault("見 ![圖](files/a.png) 所示。\n", {"a.png"}) == "1:image-in-sentence ");
  CHECK(fault("|圖|\n|-|\n|![圖](files/a.png)|\n", {"a.png"}) == "1:image-in-sentence ");
  CHECK(fault("![圖](https://example.gov.tw/a.png)\n", {}) == "1:image-elsewhere ");
  CHECK(fault("![圖](files/../a.png)\n\n無\n", {"b.png"}) == "1:image-elsewhere 0:file-unused ");
}

TEST_CASE("a draft is submitted with the pictures it shows and with no others", "[workflow]") {
  PictureDesk desk;
  desk.create();
  desk.save({1, 0}, kShows);
  CHECK(desk.refusal([&] { desk.submit(); }) == "image-unknown");
  desk.put(kName, "一");
  desk.put("另一張.png", "二");
  CHECK(desk.refusal([&] { desk.submit(); }) == "file-unused");
  desk.put("另一張.png", std::nullopt);
  desk.submit();
  const auto subject = desk.round().submission->statement.subject;
  CHECK(subject.value("files", Json()) == Json{{kName, evidence::content_digest("一")}});
}

TEST_CASE("who changes a picture after the submission has it reviewed and approved anew",
          "[workflow]") {
  PictureDesk desk;
  desk.create_with_picture();
  desk.submit();
  desk.review();
  desk.put(kName, "換了一張");
  CHECK(desk.refusal([&] { desk.approve(); }) == "draft-changed");
  desk.submit();
  CHECK(desk.refusal([&] { desk.approve(); }) == "review-missing");
  desk.review();
  desk.approve();
  desk.put(kName, "又換了一張");
  CHECK(desk.refusal([&] { desk.publish(); }) == "draft-changed");
}

TEST_CASE("a publication files the pictures that were approved, and its statement names them",
          "[workflow]") {
  PictureDesk desk;
  desk.create_with_picture();
  desk.carry_through("2026-11-22");
  CHECK(desk.on_main(kName) == "一");
  const auto filed =
      identity::filed_statements(desk.store().evidence(), model::revision_folder(kId, {1, 0}));
  for (const auto& one : filed)
    CHECK(one.statement.subject.value("files", Json()) ==
          Json{{kName, evidence::content_digest("一")}});
  CHECK(filed.size() == 4);
}

TEST_CASE(
    "a revision begins with the pictures of the version before; what it drops leaves main, older "
    "versions keep theirs",
    "[workflow]") {
  PictureDesk desk;
  desk.create_with_picture();
  desk.carry_through("2026-11-22");
  desk.put("新圖.png", "二", {1, 1});
  CHECK(desk.files({1, 1}) == std::map<std::string, Bytes>{{kName, "一"}, {"新圖.png", "二"}});
  workflow::DraftChange change;
  change.markdown = "# 壹、總則\n\n![新的架構](files/新圖.png)\n";
  change.files[kName] = std::nullopt;
  desk.change(change, {1, 1});
  desk.carry_through("2026-11-23", {1, 1});
  CHECK_FALSE(desk.on_main(kName));
  CHECK(desk.on_main("新圖.png") == "二");
  CHECK(workflow::published_file(desk.store(), kId, {1, 0}, kName) == "一");
  CHECK_FALSE(workflow::published_file(desk.store(), kId, {1, 1}, kName));
  CHECK_FALSE(workflow::published_file(desk.store(), kId, {1, 0}, "../document.md"));
}

TEST_CASE("a picture taken away in the act that opens the revision is not in it", "[workflow]") {
  PictureDesk desk;
  desk.create_with_picture();
  desk.carry_through("2026-11-22");
  desk.put(kName, std::nullopt, {1, 1});
  CHECK(desk.files({1, 1}).empty());
  CHECK_FALSE(desk.store().draft(kId + "/1.1").read("files/" + kName));
}
