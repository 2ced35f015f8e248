#include "markup/html.h"
#include "markup/outline.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

// columns x rows of each cell.
std::string spans(std::string_view markdown) {
  const auto table = tables(parse_markdown(markdown).blocks).at(0);
  std::string text;
  for (const auto& row : table.rows) {
    for (const auto& cell : row)
      text += std::to_string(cell.columns) + "x" + std::to_string(cell.rows) + " ";
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("< joins the cell at its left and ^ the one above it", "[markup]") {
  const std::string text =
      "| 類 | 半年 | < |\n|---|---|---|\n| 甲 | 1 | 2 |\n| ^ | 3 | < |\n| 乙 | 4 | < |\n| 丙 | ^ | "
      "< |\n";
  CHECK(spans(text) == "1x1 2x1 0x1 \n1x2 1x1 1x1 \n0x1 2x1 0x1 \n1x1 2x2 0x1 \n1x1 0x1 0x1 \n");
  const auto page = to_html(parse_markdown(text));
  CHECK(page.find("<th scope=\"colgroup\" colspan=\"2\">半年</th></tr>") != std::string::npos);
  CHECK(page.find("<tr><td rowspan=\"2\">甲</td><td>1</td><td>2</td></tr>\n"
                  "<tr><td colspan=\"2\">3</td></tr>\n"
                  "<tr><td>乙</td><td colspan=\"2\" rowspan=\"2\">4</td></tr>\n"
                  "<tr><td>丙</td></tr>") != std::string::npos);
}

TEST_CASE("what does not make a rectangle joins nothing and stays as written", "[markup]") {
  CHECK(spans("| 甲 | 乙 |\n|---|---|\n| ^ | < |\n").find("2") != std::string::npos);
  const std::string bent = "| 甲 | 乙 |\n|---|---|\n| 1 | < |\n| ^ | 2 |\n";
  CHECK(spans(bent).find_first_of("02") == std::string::npos);
  CHECK(to_html(parse_markdown(bent)).find("<tr><td>^</td><td>2</td></tr>") != std::string::npos);
  CHECK(spans("| 甲 | 乙 |\n|---|---|\n| < | \\< |\n").find_first_of("02") == std::string::npos);
}

TEST_CASE("a line below a term that begins with a colon says what it means", "[markup]") {
  const std::string text =
      "名詞如下：\n\n資訊資產\n: 對機關有價值之資訊。\n: 含**設施**及\n文件。\n可用性\n: "
      "需要時可使用。\n\n完整性\n: 正確。\n\n本文。\n";
  CHECK(to_html(parse_markdown(text)) ==
        "<p>名詞如下：</p>\n<dl>\n<dt>資訊資產</dt>\n<dd>對機關有價值之資訊。</dd>\n"
        "<dd>含<strong>設施</strong>及文件。</dd>\n<dt>可用性</dt>\n<dd>需要時可使用。</dd>\n"
        "<dt>完整性</dt>\n<dd>正確。</dd>\n</dl>\n<p>本文。</p>\n");
  CHECK(
      clauses(parse_markdown("一、名詞\n\n" + text)).back().prose.find("可用性\n需要時可使用。") !=
      std::string::npos);
}

TEST_CASE("obligations and indicators are boxes with Chinese names", "[markup]") {
  CHECK(to_html(
            parse_markdown("```obligation\nid: OB-004\nduty: 每年<統計>\nevery: yearly\n```\n")) ==
        "<div class=\"duty obligation\">\n<p><strong>OB-004</strong> 每年&lt;統計&gt;</p>\n"
        "<dl><dt>頻率</dt><dd>每年</dd></dl>\n</div>\n");
  CHECK(to_html(parse_markdown("```obligation\nid: [OB\n```\n")).starts_with("<pre><code class"));
}

TEST_CASE("an obligation that says a thing twice is shown as it stands", "[markup]") {
  CHECK(to_html(parse_markdown("```obligation\nid: OB-004\nevery: yearly\nevery: once\n```\n"))
            .starts_with("<pre><code class"));
}

TEST_CASE("a box whose keys are no words is shown as it stands", "[markup]") {
  const auto document = parse_markdown("## 壹、總則\n\n```obligation\nid:\n[^1]: 註\n```\n");
  CHECK(to_html(document).find("<pre><code class") != std::string::npos);
  CHECK(clauses(document).back().text.find("[^1]: 註") != std::string::npos);
}
