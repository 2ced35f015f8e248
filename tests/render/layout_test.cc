#include "base/text.h"
#include "render/body.h"
#include "render/columns.h"
#include "render/glyphs.h"
#include "render/paginate.h"
#include "render/spans.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::render;
using namespace samples;

namespace {

std::u32string characters_of(const Line& line) {
  std::u32string text;
  for (const auto& run : line.ink.texts) text += run.text;
  return text;
}

Piece piece(float height, bool keep = false) {
  Piece result;
  result.height = height;
  result.keep_with_next = keep;
  result.ink.fills.push_back({0, 0, 1, height, {}});
  return result;
}

std::string long_table(int rows) {
  std::string text = "| 項次 | 溝通項目 | 說明 |\n| --- | --- | --- |\n";
  for (int i = 1; i <= rows; ++i)
    text += fmt::format("| {} | 資訊安全政策 | 管理審查作業及製修訂時公告 |\n", i);
  return text;
}

}  // namespace

TEST_CASE("no line starts with a closing mark or ends with an opening one, at any width",
          "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  std::vector<Spans> texts = {
      {span("（一）「資訊」：依 ISO/IEC 27001:2013、CNS 27001（附錄 "
            "A）％；https://www.epa.gov.tw/very/long/path?a=b "
            "「『雙重』引號」（（括號））、")}};
  for (const auto& clause :
       markup::clauses(markup::parse_markdown(starter_text("ISMS-01-002.md")))) {
    texts.push_back({span(clause.text)});
  }
  for (const float width : {60.0F, 97.0F, 210.0F, 465.0F}) {
    for (const auto& text : texts) {
      const auto lines = typesetter.lines(text, 10.5F, width, Edge::justified);
      for (size_t i = 0; i < lines.size(); ++i) {
        const auto characters = characters_of(lines[i]);
        INFO(utf8(characters));
        REQUIRE_FALSE(characters.empty());
        CHECK(lines[i].width <= width + 0.1F);
        if (i > 0)
          CHECK(std::u32string_view(U"，。、）」』；：？！％").find(characters.front()) ==
                std::u32string_view::npos);
        if (i + 1 < lines.size())
          CHECK(std::u32string_view(U"（「『").find(characters.back()) ==
                std::u32string_view::npos);
      }
    }
  }
}

TEST_CASE("a row of marks that may not start a line fills its lines", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  for (const char32_t mark : U"….。—）［[") {
    if (mark == 0) continue;
    Span row = span("申請日期");
    row.text.append(120, mark);
    const auto lines = typesetter.lines({row}, 10, 200);
    INFO(utf8(mark));
    CHECK(static_cast<float>(lines.size()) <=
          std::ceil(typesetter.natural_width({row}, 10) / 200) + 1);
  }
}

TEST_CASE("a word longer than the line begins beside the words before it", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const std::string digest = "f2ca1bb6c7e907d06dafe4687e579fce76b37e4e93b7605022da52e6ccc26fd2";
  const auto lines = typesetter.lines({span("內容摘要 " + digest)}, 10, 200);
  CHECK(lines.size() == 2);
  CHECK(characters_of(lines.front()).starts_with(U"內容摘要 f2ca"));
}

TEST_CASE("the blank at the end of a line, and the end of a line, are read and have no width",
          "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const std::string text = "The agency protects information even when 機關 staff change.\n第二行";
  for (float width = 50; width < 240; width += 13) {
    std::u32string all;
    for (const Line& line : typesetter.lines({span(text)}, 10, width)) {
      all += characters_of(line);
      CHECK(line.width <= width + 0.1F);
    }
    INFO(utf8(all));
    CHECK(utf8(all) == "The agency protects information even when 機關 staff change. 第二行");
  }
}

TEST_CASE("what stands in a list item stands further in than its mark", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  for (const char* text :
       {"- 甲\n  1. 子項\n     1. 孫項\n", "- 甲\n  - （1）子項\n    - （2）孫項\n",
        "> 1. 引\n>    1. 子項\n", "1. 甲\n   - 子項\n     1. 孫項\n"}) {
    INFO(text);
    const auto document = markup::parse_markdown(text);
    float last = -1;
    for (const Piece& piece : compose_body(document, "", 0, typesetter, {}).pieces) {
      CHECK(piece.ink.texts.front().x > last);
      last = piece.ink.texts.front().x;
    }
  }
}

TEST_CASE("breaking loses no character and keeps numbers and words whole", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const std::string text =
      "全年以 1041105975 次為上限，Confidentiality 應達 98.5% 以上；逾 30 分鐘者，依 CNS27001 "
      "通報。";
  for (float width = 80; width < 200; width += 7) {
    std::u32string all;
    for (const Line& line : typesetter.lines({span(text)}, 10.5F, width)) {
      const auto part = characters_of(line);
      for (const char32_t* word : {U"1041105975", U"Confidentiality", U"98.5%", U"CNS27001"}) {
        const std::u32string_view whole = word;
        const bool begins = part.find(whole.substr(0, 2)) != std::u32string::npos;
        INFO(utf8(part));
        if (begins) CHECK(part.find(whole) != std::u32string::npos);
      }
      all += part;
    }
    CHECK(without_space(utf8(all)) == without_space(text));
  }
}

TEST_CASE("a word longer than the line is broken rather than lost", "[render]") {
  const std::string digest(300, 'a');
  CHECK(body_of(rendered(digest + "\n")).find(digest) != std::string::npos);
}

TEST_CASE("no gap in justified text reads as a space", "[render]") {
  const std::string text =
      "機關應依ISO27001及CNS27001建立資訊安全管理系統，並於114年12月31日前，將量測結果以USD系統統計"
      "後陳報召集人核定，"
      "未達成目標值者應於30日內提出矯正措施，經資通安全工作組審查後納入下年度之改善計畫。";
  const TemporaryFile file(rendered(text + "\n\n" + text + text + "\n"));
  const auto printed =
      output_of("pdftotext -raw -f 2 -x 0 -y 60 -W 600 -H 720 " + file.path() + " -");
  CHECK(count_of(printed, " ") == 0);
}

TEST_CASE("a soft break is nothing between ideographs and a space between words", "[render]") {
  using markup::InlineKind;
  const std::vector<markup::Inline> content = {{InlineKind::text, "資訊", "", {}},
                                               {InlineKind::soft_break, "", "", {}},
                                               {InlineKind::text, "安全 risk", "", {}},
                                               {InlineKind::soft_break, "", "", {}},
                                               {InlineKind::text, "owner", "", {}}};
  CHECK(render::text_of(spans_of(content)) == U"資訊\u200B安全 risk owner");
}

TEST_CASE("labels hang: sentences of sibling clauses start at one edge, right of their labels",
          "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const auto document = markup::parse_markdown(
      "## 壹、總則\n\n### "
      "四、範圍\n\n（一）資訊安全政策之制定與評估。\n\n（十一）供應商關係。\n\n1. "
      "統計資料庫失竊事件。\n\n   （1）按年統計。\n");
  const Body body = compose_body(document, "", 0, typesetter);
  std::map<std::u32string, float> x;
  for (const auto& part : body.pieces) {
    for (const auto& run : part.ink.texts) x[run.text] = run.x;
  }
  CHECK(x.at(U"資訊安全政策之制定與評估。") == x.at(U"供應商關係。"));
  CHECK(x.at(U"（十一）") == x.at(U"（一）"));
  CHECK(x.at(U"供應商關係。") > x.at(U"（十一）") + 4 * style::body_size - 1);
  CHECK(x.at(U"統計資料庫失竊事件。") > x.at(U"供應商關係。"));
  CHECK(x.at(U"按年統計。") > x.at(U"統計資料庫失竊事件。"));
}

TEST_CASE("a sentence that opens a clause such as 二、 hangs by its own label", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const auto document = markup::parse_markdown(
      "## 陸、附則\n\n### 一、獎懲\n\n依規定辦理。\n\n二、本署所屬機關得適用本規範。\n");
  const auto pieces = compose_body(document, "", 0, typesetter).pieces;
  std::map<std::u32string, float> x;
  for (const auto& part : pieces) {
    for (const auto& run : part.ink.texts) x[run.text] = run.x;
  }
  CHECK(x.at(U"依規定辦理。") == 0);
  CHECK(x.at(U"二、") == 0);
  CHECK(x.at(U"本署所屬機關得適用本規範。") >= 2 * style::body_size);
}

TEST_CASE("a heading goes to the next page with the first lines of its text", "[render]") {
  const auto pages =
      paginate({piece(style::text_height - 40), piece(20, true), piece(17, true), piece(17)});
  REQUIRE(pages.pages.size() == 2);
  CHECK(pages.pages[0].fills.size() == 1);
  CHECK(pages.pages[1].fills.size() == 3);
}

TEST_CASE("pieces that belong together but are taller than a page are still printed", "[render]") {
  const std::vector<Piece> pieces(100, piece(17, true));
  const auto pages = paginate(pieces);
  REQUIRE(pages.pages.size() == 3);
  for (const auto& page : pages.pages) {
    for (const auto& fill : page.fills)
      CHECK(fill.y + fill.height <= style::margin_top + style::text_height + 0.1F);
  }
}

TEST_CASE("a paragraph leaves no single line at the foot or the head of a page", "[render]") {
  const auto lines = line_pieces(std::vector<Line>(5), 0, {});
  for (const float room : {17.0F, 34.0F, 51.0F, 68.0F}) {
    std::vector<Piece> pieces{piece(style::text_height - room - 0.5F)};
    for (auto line : lines) {
      line.ink.fills.push_back({});
      pieces.push_back(line);
    }
    const auto pages = paginate(pieces);
    REQUIRE(pages.pages.size() == 2);
    CHECK(pages.pages[0].fills.size() - 1 != 1);
    CHECK(pages.pages[1].fills.size() != 1);
  }
}

TEST_CASE("a table over pages repeats its header and keeps every row", "[render]") {
  const auto pdf = rendered(long_table(120));
  const auto text = body_of(pdf);
  CHECK(count_of(text, "項次溝通項目說明") >= 3);
  CHECK(count_of(text, "管理審查作業及製修訂時公告") == 120);
  const auto second = page_bodies(pdf).at(2);
  CHECK(second.find("項次溝通項目說明") == 0);
}

TEST_CASE("a row taller than a page is cut between its lines and loses none", "[render]") {
  std::string tall;
  for (int i = 1; i <= 800; ++i) tall += fmt::format("第{}項應辦事項，", i);
  auto text =
      body_of(rendered("| 項目 | 內容 |\n| --- | --- |\n| 甲 | " + tall + " |\n| 乙 | 尾 |\n"));
  const std::string header = "項目內容";
  CHECK(count_of(text, header) >= 3);
  for (auto at = text.find(header); at != std::string::npos; at = text.find(header))
    text.erase(at, header.size());
  CHECK(text == "甲" + tall + "乙尾");
}

TEST_CASE("columns fill the measure and give width to those who need it", "[render]") {
  const auto small = column_widths({{50, 100}, {60, 20}}, 480, 12);
  CHECK(small[0] + small[1] == Approx(480));
  CHECK(small[1] > small[0]);
  const auto tight = column_widths({{50, 900, 900}, {50, 300, 2000}}, 480, 12);
  CHECK(tight[0] + tight[1] + tight[2] == Approx(480));
  CHECK(tight[0] >= 49);
  CHECK(tight[2] > tight[1]);
}

TEST_CASE("obligations are small boxes with every member of their YAML", "[render]") {
  const auto text = body_of(
      rendered("條文。\n\n```obligation\nid: OB-004\nduty: 每年統計九項量測指標並簽報\nby: "
               "資通安全工作組\nevery: yearly\nevidence: [metric-annual-report]\n```\n\n"
               "```indicator\nid: IND-1\nname: 網路入侵\ntarget: {operator: \"<=\", value: 5, "
               "unit: 次}\nevery: yearly\nsource: [入侵偵測系統, 機房日誌]\n```\n\n"
               "```\nif (x) {\n  y\n}\n```\n"));
  CHECK(text ==
        "條文。OB-004每年統計九項量測指標並簽報辦理資通安全工作組頻率每年佐證metric-annual-"
        "reportIND-1網路入侵目標值≤5次"
        "頻率每年資料來源入侵偵測系統、機房日誌if(x){y}");
}

TEST_CASE("a box whose YAML cannot be read is shown as it stands", "[render]") {
  CHECK(body_of(rendered("```obligation\nid: [OB\n```\n")) == "id:[OB");
}
