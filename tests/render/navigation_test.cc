#include <regex>

#include "base/error.h"
#include "base/text.h"
#include "render/copies.h"
#include "render/qpdf.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;

namespace {

size_t page_of(QPDF& pdf, QPDFObjectHandle destination) {
  const auto& pages = pdf.getAllPages();
  for (size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].getObjGen() == destination.getArrayItem(0).getObjGen()) return i + 1;
  }
  return 0;
}

// Every outline entry, depth first: title and destination.
void walk(QPDFObjectHandle item, std::vector<std::pair<std::string, QPDFObjectHandle>>& into) {
  for (; item.isDictionary(); item = item.getKey("/Next")) {
    into.emplace_back(item.getKey("/Title").getUTF8Value(), item.getKey("/Dest"));
    walk(item.getKey("/First"), into);
  }
}

}  // namespace

TEST_CASE("each outline entry leads to the page where its heading stands", "[render]") {
  const auto bytes = regulation_pdf();
  const auto pdf = render::open_pdf(bytes);
  std::vector<std::pair<std::string, QPDFObjectHandle>> entries;
  walk(pdf->getRoot().getKey("/Outlines").getKey("/First"), entries);
  REQUIRE(entries.size() > 60);
  const auto pages = page_texts(bytes);
  for (const auto& [title, destination] : entries) {
    const auto page = page_of(*pdf, destination);
    INFO(title << " on " << page);
    CHECK(pages.at(page - 1).find(without_space(title)) != std::string::npos);
  }
}

TEST_CASE("no page ends with a heading", "[render]") {
  const auto bytes = regulation_pdf();
  const auto pdf = render::open_pdf(bytes);
  std::vector<std::pair<std::string, QPDFObjectHandle>> entries;
  walk(pdf->getRoot().getKey("/Outlines").getKey("/First"), entries);
  for (const auto& body : page_bodies(bytes)) {
    for (const auto& [title, destination] : entries) {
      INFO(title);
      CHECK_FALSE(body.ends_with(without_space(title)));
    }
  }
}

TEST_CASE("the contents print the page on which each chapter begins", "[render]") {
  const auto bytes = regulation_pdf();
  const auto bodies = page_bodies(bytes);
  const TemporaryFile file(bytes);
  std::istringstream lines(
      output_of("pdftotext -raw -f 3 -l 4 -x 0 -y 60 -W 600 -H 720 " + file.path() + " -"));
  int checked = 0;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, std::regex("(.*[^0-9 ]) ?([0-9]+)"))) continue;
    INFO(line);
    CHECK(bodies.at(std::stoul(match[2]) - 1).find(without_space(match[1])) != std::string::npos);
    ++checked;
  }
  CHECK(checked > 30);
}

TEST_CASE("links carry their target, print, and lead into the document by clause", "[render]") {
  const auto bytes = rendered(
      "## 壹、總則\n\n### 一、目的\n\n見 [貳之規定](#c-貳-一) 及 "
      "[本署網站](https://www.epa.gov.tw/)、[相對路徑](other.md)。\n\n"
      "## 貳、附則\n\n### 一、施行\n\n自公布日施行。\n");
  const auto pdf = render::open_pdf(bytes);
  std::vector<std::string> targets;
  for (auto page : pdf->getAllPages()) {
    auto annotations = page.getKey("/Annots");
    for (int i = 0; annotations.isArray() && i < annotations.getArrayNItems(); ++i) {
      auto annotation = annotations.getArrayItem(i);
      CHECK(annotation.getKey("/F").getIntValue() == 4);
      const auto target = annotation.getKey("/Contents").getUTF8Value();
      if (target.starts_with("#h")) continue;  // from the contents
      targets.push_back(target);
      CHECK(annotation.hasKey(target.starts_with("#") ? "/Dest" : "/A"));
    }
  }
  CHECK(targets == std::vector<std::string>{"#c-貳-一", "https://www.epa.gov.tw/"});
}

TEST_CASE("a state mark lies under the text of every page", "[render]") {
  const auto document = markup::parse_markdown("## 壹、總則\n\n條文。\n\n## 附件：甲\n\n表。\n");
  auto request = published(document);
  request.state_mark = "作廢";
  const auto bytes = render::render_pdf(request);
  const auto pages = page_texts(bytes);
  CHECK(pages.size() > 4);
  for (const auto& page : pages) CHECK(page.starts_with("作廢"));
}

TEST_CASE("an overlay marks every page, keeps the text and leaves the stored bytes alone",
          "[render]") {
  const auto bytes = regulation_pdf();
  const auto before = bytes;
  const auto copy = render::labelled_copy(bytes, {"作廢", "作廢　加註副本，非正本", ""});
  CHECK(bytes == before);
  CHECK(copy == render::labelled_copy(bytes, {"作廢", "作廢　加註副本，非正本", ""}));
  const TemporaryFile file(copy);
  CHECK(output_of("qpdf --check " + file.path()).find("No syntax or stream encoding errors") !=
        std::string::npos);
  const auto plain = page_texts(bytes);
  const auto marked = page_texts(copy);
  REQUIRE(marked.size() == plain.size());
  for (size_t i = 0; i < plain.size(); ++i)
    CHECK(marked[i] == plain[i] + "作廢作廢加註副本，非正本");
}

TEST_CASE("an overlay on what is no PDF is refused as corrupt", "[render]") {
  try {
    (void)render::labelled_copy("這不是 PDF", {"作廢", "作廢　加註副本，非正本", ""});
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == "pdf-unreadable");
  }
}

TEST_CASE("a page's label is the number printed on it", "[render]") {
  const TemporaryFile file(rendered("甲\n"));
  const auto labels = output_of("qpdf --json --json-key=pagelabels " + file.path());
  CHECK(labels.find("\"/P\": \"u:封面\"") != std::string::npos);
  CHECK(labels.find("\"/St\": 2") != std::string::npos);
}
