// Merged cells, tall rows and wide tables.
#include "render/copies.h"
#include "render/qpdf.h"
#include "render/spans.h"
#include "render/table.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::render;
using namespace samples;

namespace {

std::vector<Piece> pieces_of(const std::string& markdown, Structure& structure) {
  Fonts fonts(standard_fonts());
  Typesetter typesetter(fonts, structure);
  const auto document = markup::parse_markdown(markdown);
  return table_pieces(document.blocks.at(0), {}, typesetter);
}

std::string wide_register(int columns, const std::string& word) {
  std::string head = "|";
  std::string rule = "|";
  std::string row = "|";
  for (int i = 1; i <= columns; ++i) {
    head += fmt::format(" 欄{} |", i);
    rule += "---|";
    row += " " + word + " |";
  }
  return head + "\n" + rule + "\n" + row + "\n";
}

// Width and height of each page.
std::vector<std::pair<double, double>> sizes_of(const std::string& bytes) {
  std::vector<std::pair<double, double>> sizes;
  const auto pdf = open_pdf(bytes);
  for (auto& page : QPDFPageDocumentHelper(*pdf).getAllPages()) {
    const auto box = page.getMediaBox().getArrayAsRectangle();
    sizes.emplace_back(box.urx, box.ury);
  }
  return sizes;
}

}  // namespace

TEST_CASE("a merged cell is one element that says what it spans, and no rule crosses it",
          "[render]") {
  Structure structure;
  const auto pieces = pieces_of(
      "| 類別 | 上半年 | < |\n|---|---|---|\n| 實體 | 門禁 | 監視 |\n| ^ | 消防 | < |\n| 網路 | 甲 "
      "| 乙 |\n",
      structure);
  REQUIRE(pieces.size() == 4);
  std::vector<std::string> cells;
  for (const auto& element : structure.elements()) {
    if (std::string_view(element.role).starts_with("T") &&
        std::string_view(element.role).size() == 2 && std::string_view(element.role) != "TR")
      cells.push_back(fmt::format("{} {}x{}", element.role, element.columns, element.rows));
  }
  CHECK(cells == std::vector<std::string>{"TH 1x1", "TH 2x1", "TD 1x2", "TD 1x1", "TD 1x1",
                                          "TD 2x1", "TD 1x1", "TD 1x1", "TD 1x1"});
  const auto& below_first = pieces[1].ink.rules.back();
  CHECK(below_first.y1 == pieces[1].height);
  CHECK(below_first.x1 > 0);  // 實體 goes on
  CHECK(pieces[1].keep_with_next);
  CHECK(pieces[2].ink.rules.back().x1 == 0);
  CHECK(count_of(body_of(rendered("| 甲 | 乙 |\n|---|---|\n| 子 | 丑 |\n| ^ | 寅 |\n")), "子") ==
        1);
}

TEST_CASE("a register of many columns keeps its words whole in smaller letters", "[render]") {
  Structure structure;
  const auto sizes = [&](int columns, const std::string& word) {
    Fonts fonts(standard_fonts());
    Typesetter typesetter(fonts, structure);
    const auto document = markup::parse_markdown(wide_register(columns, word));
    const auto pieces = table_pieces(
        document.blocks.at(0), {0, style::text_width_of(style::landscape), {}, 400}, typesetter);
    return std::pair(pieces.at(1).ink.texts.size(), pieces.at(1).ink.texts.front().size);
  };
  CHECK(sizes(14, "HW-0000").first == 14);  // each on one line
  CHECK(sizes(14, "HW-0000").second < style::table_size);
  CHECK(sizes(14, "甲").second == style::table_size);
  CHECK(sizes(30, "HW-SRV-0000").second == Approx(6));
}

TEST_CASE("a table of a few rows stays on one page, a long one does not", "[render]") {
  const auto kept = [](int rows) {
    Structure structure;
    std::string table = "| 簽署 | 姓名 |\n| --- | --- |\n";
    for (int i = 0; i < rows; ++i) table += "| 覆核 | 高淑芬 |\n";
    const auto pieces = pieces_of(table, structure);
    return std::count_if(pieces.begin(), pieces.end(),
                         [](const Piece& piece) { return piece.keep_with_next; });
  };
  CHECK(kept(4) == 4);
  CHECK(kept(40) == 1);  // the head with the first row
}

TEST_CASE("the rest of a row that was cut stands off the repeated header", "[render]") {
  Structure structure;
  std::string text = "| 項目 | 內容 |\n| --- | --- |\n| 甲 | ";
  for (int i = 0; i < 200; ++i) text += "前列之事項由各單位依規定按期辦理，";
  const auto pieces = pieces_of(text + " |\n", structure);
  REQUIRE(pieces.size() > 60);
  const auto& header = *pieces[1].header;
  const auto& rest = *pieces[2].header;
  const float first_line = pieces[1].height - pieces[2].height;  // what is above it
  CHECK(first_line > 3);
  CHECK(rest.height - header.height == Approx(first_line));
  const auto& rules = rest.ink.rules;
  CHECK(std::count_if(rules.begin(), rules.end(), [&](const Rule& rule) {
          return rule.x1 == rule.x2 && rule.y2 == Approx(rest.height);
        }) == 1);
}

TEST_CASE("a row that a page has room for is not cut", "[render]") {
  std::string text = "| 項目 | 內容 |\n|---|---|\n| 甲 | ";
  for (int i = 0; i < 30; ++i) text += "前列之事項由各單位依規定按期辦理，";
  text += " |\n| 乙 | ";
  for (int i = 1; i <= 100; ++i) text += fmt::format("第{}項應辦事項由各單位依規定按期辦理，", i);
  const auto pages = page_bodies(rendered(text + " |\n"));
  REQUIRE(pages.size() == 3);  // cover, 甲, 乙
  CHECK(pages[1].find("第1項") == std::string::npos);
  CHECK(pages[2].find("第1項") != std::string::npos);
  CHECK(pages[2].find("第100項") != std::string::npos);
}

TEST_CASE("rows joined by a cell are together unless taller than a page, and lose nothing",
          "[render]") {
  for (const int rows : {5, 100}) {
    std::string text;
    for (int i = 0; i < 29; ++i) text += "前文。\n\n";
    text += "| 類 | 項 |\n|---|---|\n";
    for (int i = 1; i <= rows; ++i)
      text += fmt::format("| {} | 第{}項 |\n", i == 1 ? "類別甲" : "^", i);
    const auto pages = page_bodies(rendered(text));
    const auto body = body_of(rendered(text));
    CHECK(count_of(body, "類別甲") == 1);
    for (int i = 1; i <= rows; ++i) CHECK(count_of(body, fmt::format("第{}項", i)) == 1);
    if (rows == 5) CHECK(pages.back().starts_with("類項類別甲第1項"));
  }
}

TEST_CASE("a wide table stands on landscape pages with its heading, and nothing else does",
          "[render]") {
  const auto bytes =
      rendered("前文。\n\n## 壹、登記簿\n\n" + wide_register(11, "115-11-22") + "\n後文。\n");
  const auto sizes = sizes_of(bytes);
  REQUIRE(sizes.size() == 5);  // cover, contents, text, table, text
  for (size_t i = 0; i < sizes.size(); ++i) CHECK((sizes[i].first > sizes[i].second) == (i == 3));
  const auto pages = page_texts(bytes);
  CHECK(pages[3].find("壹、登記簿欄1欄2") != std::string::npos);
  CHECK(pages[3].find("第4／5頁") != std::string::npos);
  CHECK(pages[4].find("後文。") != std::string::npos);
  CHECK(page_texts(labelled_copy(bytes, {"作廢", "作廢　加註副本，非正本", ""}))[3].find(
            "作廢加註副本，非正本") != std::string::npos);
}

TEST_CASE("words that would be broken ask for a landscape page, and front matter may", "[render]") {
  CHECK(sizes_of(rendered(wide_register(6, "ISMS400220261122001"))).at(1).first > 800);
  CHECK(sizes_of(rendered(wide_register(6, "中文"))).at(1).first < 600);
  const auto sizes = sizes_of(rendered("---\norientation: landscape\n---\n# 登記簿\n\n甲\n"));
  CHECK(sizes.at(0).first < 600);
  CHECK(sizes.back().first > 800);
}

TEST_CASE("inserted text is underlined and deleted text struck", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  using markup::InlineKind;
  const auto rule_of = [&](InlineKind kind) {
    const auto line =
        typesetter.line(spans_of({{kind, "", "", {{InlineKind::text, "每週", "", {}}}}}), 10);
    REQUIRE(line.ink.rules.size() == 1);
    CHECK(line.ink.rules[0].x2 - line.ink.rules[0].x1 == Approx(line.width));
    return line.ink.rules[0].y1;
  };
  CHECK(rule_of(InlineKind::inserted) > 0);  // below the base line
  CHECK(rule_of(InlineKind::deleted) < -2);  // through the characters
}
