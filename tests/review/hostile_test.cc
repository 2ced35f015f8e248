// Whatever a record says is printed as it says it, and nothing in it works.
#include <catch2/catch.hpp>
#include <random>

#include "base/text.h"
#include "review/markdown.h"
#include "sources.h"

using namespace vermilion;

namespace {

const std::vector<std::string> kNaughty = {
    "<script>alert(1)</script>",
    "<!-- 註解 -->",
    "&lt;b&gt; &amp; &#65;",
    "a|b\\|c\\\\|d",
    "`` ` ```",
    "**粗體**與__底線__與*斜*",
    "[連結](javascript:alert(1))",
    "![圖](http://example.com/a.png)",
    "[^1]: 註",
    "# 標題",
    "## 附件三：假附件",
    "> 引言",
    "- [x] 已核准",
    "1. 一項",
    "壹、總則",
    "```obligation",
    "~~~",
    "---",
    "結尾反斜線\\",
    "<https://example.com>",
    "~~刪~~",
    "| --- | --- |",
    "$x^2$ {a}",
};

// The texts of all cells; headings and rows are counted.
struct Seen {
  size_t headings = 0, rows = 0, blocks = 0;
  std::set<std::string> cells;
};

Seen seen(const std::string& markdown) {
  Seen result;
  const auto document = markup::parse_markdown(markdown);
  result.blocks = document.blocks.size();
  for (const auto& block : document.blocks) {
    if (block.kind == markup::BlockKind::heading) ++result.headings;
    result.rows += block.rows.size();
    for (const auto& row : block.rows) {
      for (const auto& cell : row) result.cells.insert(markup::plain_text(cell.content));
    }
  }
  return result;
}

// Puts `text` wherever a record, a document or a batch can say something.
review::PackSources saying(const std::string& text) {
  auto s = meeting::sources();
  s.organisation = s.regulation = s.head = s.as_of_text = text;
  for (const char* member : {"nonconformity", "action", "owner", "due", "status"})
    s.corrective_actions[0].values[member] = text;
  for (const char* member : {"description", "strategy"})
    s.context_tables.at(115).values["rows"][0][member] = text;
  s.communication_plans.at(115).values["rows"][0]["method"] = text;
  s.last_minutes->values["meeting_no"] = text;
  s.last_minutes->values["decisions"][0]["text"] = text;
  s.metrics.at(115).values["indicators"][0]["evidence"] = {text, text};
  s.metrics.at(115).values["indicators"][0]["analysis"] = text;
  for (auto& indicator : s.indicators) indicator.name = indicator.unit = text;
  for (auto& input : s.inputs) {
    input.values["summary"] = input.values["source"] = text;
    input.title = input.form = input.digest = text;
  }
  s.documents[0].title = s.documents[0].summary = text;
  s.destroyed[0].numbers = {text, text};
  return s;
}

}  // namespace

TEST_CASE("marks of Markdown and HTML in records are words, and no heading, row or block more",
          "[review]") {
  const auto usual = seen(review::build_pack(saying("平常的話")).markdown);
  for (const auto& text : kNaughty) {
    INFO(text);
    const auto pack = review::build_pack(saying(text));
    REQUIRE_NOTHROW(markup::parse_markdown(pack.markdown));
    const auto now = seen(pack.markdown);
    CHECK(now.headings == usual.headings);
    CHECK(now.rows == usual.rows);
    CHECK(now.blocks == usual.blocks);
    CHECK(now.cells.contains(text));
  }
}

TEST_CASE("three hundred strings made of marks come through whole", "[review]") {
  const std::u32string alphabet = U"\\`*_[]()<>|&~#!$^{}-+=.:;\"'/ a1中。（壹、";
  std::mt19937 random(20261122);
  const auto usual = seen(review::build_pack(saying("平常的話")).markdown);
  for (int i = 0; i < 300; ++i) {
    std::u32string text = U"字";  // so that trimming changes nothing
    for (int k = 0; k < 14; ++k) text += alphabet[random() % alphabet.size()];
    text += U"字";
    INFO(utf8(text));
    const auto now = seen(review::build_pack(saying(utf8(text))).markdown);
    CHECK(now.blocks == usual.blocks);
    CHECK(now.cells.contains(utf8(text)));
  }
}

TEST_CASE("line ends become a space, and characters without a form are named", "[review]") {
  CHECK(review::words("  第一行\r\n第二行\n\n第三行\n") == "第一行 第二行 第三行");
  CHECK(review::words("\u202E反\u200B轉\x07") == "〔U+202E〕反〔U+200B〕轉〔U+0007〕");
}

TEST_CASE("values of any type are words", "[review]") {
  CHECK(review::words_of(parse_json(R"(["甲",2,98.7,true,null,{"a":"乙"}])")) ==
        "甲、2、98.7、是、、乙");
  CHECK(review::words_of(parse_json("3"), "year").empty());
  CHECK(review::number_text(-0.0) == "0");
}
