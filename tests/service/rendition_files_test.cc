// What is inside a published PDF, and what stays in the store.
#include "service/rendition_files.h"

#include "bureau.h"
#include "render/copies.h"
#include "render/pdf.h"
#include "render/qpdf.h"
#include "service/renditions.h"
#include "support/process.h"
#include "workflow/documents.h"

using namespace bureau;

namespace {

const std::string kNumber = "ISMS-02-001";

// Name, what it is to the document, and its bytes.
std::map<std::string, std::pair<std::string, Bytes>> inside(const Bytes& pdf) {
  std::map<std::string, std::pair<std::string, Bytes>> files;
  const auto opened = render::open_pdf(pdf);
  auto associated = opened->getRoot().getKey("/AF");
  for (int i = 0; associated.isArray() && i < associated.getArrayNItems(); ++i) {
    auto file = associated.getArrayItem(i);
    const auto data = file.getKey("/EF").getKey("/F").getStreamData();
    files[file.getKey("/UF").getUTF8Value()] = {
        file.getKey("/AFRelationship").getName(),
        Bytes(data->getBuffer(), data->getBuffer() + data->getSize())};
  }
  return files;
}

void approve_silently(Bureau& at) {
  at.create(kNumber);
  at.submit(kNumber);
  at.review(kNumber);  // with an opinion: 條次已核對
  auto chen = at.as("chen04");
  (void)service::approve_document(chen, {kNumber, "", "", "", ""});
}

}  // namespace

TEST_CASE(
    "a published PDF has inside its text and what was signed about it, as filed; an opinion is not "
    "among it",
    "[service][rendition]") {
  Bureau at;
  approve_silently(at);
  at.publish(kNumber);
  const auto published = workflow::published_version(at.store(), kNumber, {1, 0});
  const auto files = inside(published.pdf);
  REQUIRE(files.size() == 5);
  CHECK(files.at("document.md") == std::pair<std::string, Bytes>("/Source", published.markdown));
  const auto folder = model::revision_folder(kNumber, {1, 0});
  for (const std::string name : {"01-submission", "03-approval"}) {
    const auto file = name + ".statement.json";
    const auto filed = [&](const std::string& path) {
      return at.store().evidence().require(folder + "/" + path);
    };
    CHECK(files.at(file) == std::pair<std::string, Bytes>("/Data", filed(file)));
    CHECK(files.at(file + ".p7s") ==
          std::pair<std::string, Bytes>("/Supplement", filed(file + ".p7s")));
  }
}

TEST_CASE("what is inside comes from the round alone: the same round, the same bytes",
          "[service][rendition]") {
  Bureau at;
  approve_silently(at);
  auto sun = at.as("sun05");
  const auto draft = workflow::require_draft(at.store(), kNumber, {1, 0});
  const auto once = service::published_rendition(sun, kNumber, draft, sun.today());
  at.clock.advance(std::chrono::hours(30));
  CHECK(service::published_rendition(sun, kNumber, draft, parse_date("2026-11-22")) ==
        service::published_rendition(sun, kNumber, draft, parse_date("2026-11-22")));
  CHECK(inside(once).size() == 5);
}

TEST_CASE("a draft that is reviewed has nothing inside", "[service][rendition]") {
  Bureau at;
  approve_silently(at);
  auto lin = at.as("lin01");
  CHECK(inside(service::export_review_pdf(lin, kNumber, "").pdf).empty());
}

TEST_CASE("a document approved elsewhere has its text inside, and nothing that was signed about it",
          "[service][rendition]") {
  Bureau at;
  service::ImportRequest import;
  import.source = source("EPA-01-001", "公開", kBody);
  import.markdown = true;
  import.effective = "民國104年9月1日";
  auto sun = at.as("sun05");
  (void)service::import_document(sun, import);
  const auto published = workflow::published_version(at.store(), "EPA-01-001", {1, 0});
  const auto files = inside(published.pdf);
  REQUIRE(files.size() == 1);
  CHECK(files.at("document.md").second == published.markdown);
}

TEST_CASE("a copy that is marked, or says for whom it left, has nothing inside",
          "[service][rendition]") {
  Bureau at;
  approve_silently(at);
  at.publish(kNumber);
  const auto pdf = workflow::published_version(at.store(), kNumber, {1, 0}).pdf;
  for (const render::CopyLabel& label : {render::CopyLabel{"作廢", "作廢　加註副本，非正本", ""},
                                         render::CopyLabel{"", "", "林堃　公務"}}) {
    const auto copy = render::labelled_copy(pdf, label);
    CHECK(inside(copy).empty());
    CHECK_FALSE(render::open_pdf(copy)->getRoot().getKey("/Names").hasKey("/EmbeddedFiles"));
  }
}

namespace {

// Without spaces and line ends: a mark is set aslant, letter by letter.
std::string text_of_copy(const service::Exported& exported) {
  const Scratch scratch;
  auto text = run("pdftotext -raw " + scratch.write("copy.pdf", exported.pdf) + " -").output;
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
  return text;
}

}  // namespace

TEST_CASE(
    "a copy says on each page what the version is on the day it was asked for; stored bytes never "
    "do",
    "[service][rendition][SC-36]") {
  Bureau at;
  approve_silently(at);
  at.publish(kNumber);
  auto lin = at.as("lin01");
  using service::StateMark;
  const auto stored = workflow::published_version(at.store(), kNumber, {1, 0}).pdf;
  CHECK(service::export_pdf(lin, {kNumber}).pdf == stored);
  const auto marked = text_of_copy(service::export_pdf(lin, {kNumber, "", StateMark::always}));
  CHECK(marked.find("現行，民國115年11月22日（2026-11-22）查詢") != std::string::npos);
  at.revise(kNumber, "公開", "改以新程序辦理。");
  at.carry_through(kNumber);
  const auto older = text_of_copy(service::export_pdf(lin, {kNumber, "1.0"}));
  CHECK(older.find("作廢") != std::string::npos);
  CHECK(service::export_pdf(lin, {kNumber, "1.0", StateMark::none}).pdf == stored);
  at.revise(kNumber, "公開", "明年起適用。");
  at.submit(kNumber);
  at.review(kNumber);
  at.approve(kNumber);
  at.publish(kNumber, "2027-01-01");
  at.revise(kNumber, "公開", "又改一次。");
  CHECK(text_of_copy(service::export_review_pdf(lin, kNumber, "")).find("草案") !=
        std::string::npos);
  CHECK(text_of_copy(service::export_pdf(lin, {kNumber, "1.2", StateMark::always}))
            .find("未生效，") != std::string::npos);
}
