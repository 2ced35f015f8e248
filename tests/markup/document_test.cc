#include "markup/outline.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

Block only(std::string_view markdown) {
  const auto document = parse_markdown(markdown);
  REQUIRE(document.blocks.size() == 1);
  return document.blocks.front();
}

// The text with ** and * around what is strong and emphasised.
std::string marked(const std::vector<Inline>& content) {
  std::string text;
  for (const auto& part : content) {
    const std::string around = part.kind == InlineKind::strong     ? "**"
                               : part.kind == InlineKind::emphasis ? "*"
                                                                   : "";
    text += around + part.text + marked(part.children) + around;
  }
  return text;
}

std::string strong_parts(const std::vector<Inline>& content) {
  std::string text;
  for (const auto& part : content) {
    if (part.kind == InlineKind::strong || part.kind == InlineKind::emphasis)
      text += "[" + plain_text(part.children) + "]";
  }
  return text;
}

std::string message_of(std::string_view markdown) {
  try {
    static_cast<void>(parse_markdown(markdown));
    return {};
  } catch (const Error& error) {
    return error.said().zh + error.said().en;
  }
}

}  // namespace

TEST_CASE("emphasis closes beside Chinese punctuation, where CommonMark leaves it open",
          "[markup]") {
  CHECK(strong_parts(only("**粗體。**後接字").content) == "[粗體。]");
  CHECK(strong_parts(only("前文**「粗體」**文字").content) == "[「粗體」]");
  CHECK(strong_parts(only("前文*「斜體」*文字").content) == "[「斜體」]");
  CHECK(strong_parts(only("應依**資訊安全政策（ISMS）**辦理，**不得延誤。**違者議處").content) ==
        "[資訊安全政策（ISMS）][不得延誤。]");
  CHECK(strong_parts(only("請見**`密碼`**一節與**[規範](/documents/1)**二節").content) ==
        "[密碼][規範]");
  CHECK(marked(only("普通 **bold** 與 *重點* 字").content) == "普通 **bold** 與 *重點* 字");
}

TEST_CASE("an escaped asterisk stays an asterisk", "[markup]") {
  CHECK(plain_text(only("文\\*\\*「甲」\\*\\*文").content) == "文**「甲」**文");
  CHECK(strong_parts(only("文\\*\\*「甲」\\*\\*文").content).empty());
  CHECK(plain_text(only("3 * 4，5*6").content) == "3 * 4，5*6");
  const auto code = only("`文**「甲」**文`").content;
  CHECK(code.front().text == "文**「甲」**文");
}

TEST_CASE("a GFM table gives aligned columns and rows of the header's width", "[markup]") {
  const auto table = only(
      "| 項次 | 指標 | 目標 |\n| :--- | :---: | ---: |\n| 1 | 可用率 **98%** | a \\| b |\n| 2 | "
      "只有兩格\n|x|y|z|多|\n");
  CHECK(table.kind == BlockKind::table);
  CHECK(table.columns == std::vector<Align>{Align::left, Align::center, Align::right});
  REQUIRE(table.rows.size() == 4);
  for (const auto& row : table.rows) CHECK(row.size() == 3);
  CHECK(marked(table.rows[1][1].content) == "可用率 **98%**");
  CHECK(plain_text(table.rows[1][2].content) == "a | b");
  CHECK(table.rows[2][2].content.empty());
  const auto code = only("| 甲 |\n| --- |\n| `a\\|b` |\n");
  CHECK(code.rows[1][0].content.front().text == "a|b");
}

TEST_CASE("a table may follow a sentence, stand in an item or a quote, and use definitions",
          "[markup]") {
  const auto document = parse_markdown(
      "如下表：\n| 甲 | 乙 |\n|---|---|\n| [政策][p] | - 不是清單 |\n\n- 項目\n\n  | 丙 |\n  | --- "
      "|\n  | 丁 |\n\n> | 戊 |\n> | --- "
      "|\n> | # 己 |\n\n[p]: /documents/ISMS-01-001\n");
  const auto found = tables(document.blocks);
  REQUIRE(found.size() == 3);
  CHECK(plain_text(document.blocks[0].content) == "如下表：");
  CHECK(found[0].line == 2);
  CHECK(found[0].rows[1][0].content.front().url == "/documents/ISMS-01-001");
  CHECK(plain_text(found[0].rows[1][1].content) == "- 不是清單");
  CHECK(plain_text(found[1].rows[1][0].content) == "丁");
  CHECK(plain_text(found[2].rows[1][0].content) == "# 己");
}

TEST_CASE("task lists read as ballot boxes", "[markup]") {
  const auto list = only("- [x] 已核定\n- [ ] 待會簽\n");
  CHECK(whole_text(list.children) == " \n☑ 已核定\n \n☐ 待會簽\n");
}

TEST_CASE("HTML is refused with its line; a less-than sign is text", "[markup]") {
  CHECK(refusal("# 標題\n\n第一段。\n第二行 <b>粗</b>\n") == "raw-html");
  CHECK(message_of("---\nid: A\n---\n# 標題\n\n第一段。\n第二行 <b>粗</b>\n").find("第 7 行") !=
        std::string::npos);
  CHECK(message_of("# 標題\n\n<div>\n區塊\n</div>\n").find("line 3") != std::string::npos);
  CHECK(message_of("| 甲 |\n|---|\n| 一 |\n| <i>二</i> |\n").find("第 4 行") != std::string::npos);
  CHECK(refusal("<!-- 註解 -->") == "raw-html");
  CHECK(refusal("若 a < b 且 <重要>，見 \\<b> 與 `<b>`，5<6") == "parsed");
  CHECK(only("<https://example.tw/規範>").content.front().url == "https://example.tw/規範");
}

TEST_CASE("only addresses a reader can follow safely are links", "[markup]") {
  for (const char* url : {"https://a.tw", "HTTP://a.tw", "mailto:a@b.tw", "/documents/1", "../a.md",
                          "#c-肆", "a.md?x=1:2", "檔案.pdf"}) {
    INFO(url);
    CHECK(refusal(std::string("[看](") + url + ")") == "parsed");
  }
  for (const char* url : {"javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x",
                          "file:///etc/passwd", "vbscript:x", "//evil.tw", "java&#10;script:x",
                          "&#1;javascript:x", "<\\\\evil.tw>", "ftp://a.tw", ""}) {
    INFO(url);
    CHECK(refusal(std::string("[看](") + url + ")") == "bad-url");
    CHECK(refusal(std::string("| 甲 |\n|---|\n| ![圖](") + url + ") |\n") == "bad-url");
  }
  CHECK(message_of("甲\n\n乙 [看](javascript:x)").find("第 3 行") != std::string::npos);
}

TEST_CASE("front matter keeps scalars as written and refuses duplicates", "[markup]") {
  const auto front = split_front_matter(
      "\xEF\xBB\xBF---\nid: ISMS-01-002\nversion: 3.50\nopen: no\ncountersign: [政風室, "
      "監資處]\n---\n正文\n");
  CHECK(front.members.at("version") == "3.50");
  CHECK(front.members.at("open") == "no");
  CHECK(front.lists.at("countersign") == std::vector<std::string>{"政風室", "監資處"});
  CHECK(front.body == "正文\n");
  CHECK(parse_markdown("---\na: [甲, 乙]\n---\n").front_matter.at("a") == "甲, 乙");
  CHECK(split_front_matter("正文").body == "正文");
  for (const char* bad :
       {"---\nid: A\nid: B\n---\n", "---\nid: A\n", "---\n- a\n---\n", "---\na: {b: c}\n---\n",
        "---\na: [\n---\n", "---\nid: A\nid: [B]\n---\n"}) {
    INFO(bad);
    CHECK(refusal(bad) == "bad-front-matter");
  }
}

TEST_CASE("line ends of all systems and the byte order mark are the same text", "[markup]") {
  const auto expected = whole_text(parse_markdown("# 甲\n\n乙\n丙\n").blocks);
  CHECK(whole_text(parse_markdown("\xEF\xBB\xBF# 甲\r\n\r\n乙\r\n丙\r\n").blocks) == expected);
  CHECK(whole_text(parse_markdown("# 甲\r\r乙\r丙\r").blocks) == expected);
  CHECK(plain_text(only("中文\n中文 and\nEnglish，\n中").content) == "中文中文 and English，中");
}

TEST_CASE("bytes that are not text are refused", "[markup]") {
  CHECK(refusal("甲\xff") == "not-text");
  CHECK(refusal(std::string("a\0b", 3)) == "not-text");
}
