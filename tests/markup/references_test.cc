#include "markup/references.h"

#include "base/text.h"
#include "markup/html.h"
#include "markup/outline.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

std::string found(std::string_view text) {
  std::string paths;
  for (const auto& reference : find_references(code_points(text))) paths += reference.path + ";";
  return paths;
}

}  // namespace

TEST_CASE("a path after 見 is a reference, in any width", "[markup]") {
  CHECK(found("詳見 肆/八/(三)之規定，另參見伍／二／（１）。") == "肆/八/(三);伍/二/(1);");
  CHECK(found("見肆。") == "肆;");
  CHECK(found("見附件二、見 附件1/一") == "附件2;附件1/一;");
  CHECK(found("見 一/(二)/3/(4)") == "一/(二)/3/(4);");
  CHECK(found("見 肆/五/(六)/1~2") == "肆/五/(六)/1~2;");
}

TEST_CASE("words that only look like a path are none", "[markup]") {
  for (const char* text :
       {"見參考資料", "意見一/二樓", "見一、二樓", "見 115/11/22", "見 3/4", "肆/八", "見附件",
        "見 A/B", "見二/一", "見面一/一", "見 (三)/1", "見 肆八/"}) {
    INFO(text);
    CHECK(found(text).find('/') == std::string::npos);
  }
}

TEST_CASE("a reference becomes a link to its clause, also in a cell and in a note", "[markup]") {
  const auto page = to_html(parse_markdown(
      "## 壹、總則\n\n### 一、目的\n\n見 壹/一[^1]，\n\n| 見 壹 |\n|---|\n\n[^1]: 見壹/一。\n"));
  CHECK(page.find("<p>見 <a href=\"#c-壹-一\">壹/一</a><sup>") != std::string::npos);
  CHECK(page.find("見 <a href=\"#c-壹\">壹</a></th>") != std::string::npos);
  CHECK(page.find("見<a href=\"#c-壹-一\">壹/一</a>。") != std::string::npos);
}

TEST_CASE("references and anchors that lead nowhere are told by line and stay as written",
          "[markup]") {
  const auto document = parse_markdown(
      "---\nid: A\n---\n## 壹、總則\n\n甲\n乙見 壹/九\n\n| 甲 |\n|---|\n| 乙 |\n| 見 貳/一 "
      "|\n\n[看](#c-壹-九)[看](#c-壹)\n");
  REQUIRE(document.unresolved.size() == 3);
  CHECK(document.unresolved[0].line == 7);
  CHECK(document.unresolved[0].text == "壹/九");
  CHECK(document.unresolved[1].line == 12);
  CHECK(document.unresolved[2].line == 14);
  CHECK(document.unresolved[2].text == "#c-壹-九");
  CHECK(to_html(document).find("乙見 壹/九</p>") != std::string::npos);
}

TEST_CASE("the starter texts have no reference that leads nowhere", "[markup]") {
  for (const char* name : {"ISMS-01-001.md", "ISMS-01-002.md", "ISMS-02-001.md"}) {
    const auto text =
        file_bytes(std::filesystem::path(VERMILION_SOURCE_DIR) / "docs-src" / "isms" / name);
    INFO(name);
    CHECK(parse_markdown(text).unresolved.empty());
  }
}
