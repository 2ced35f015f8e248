#include "markup/notes.h"

#include "markup/diff.h"
#include "markup/html.h"
#include "markup/outline.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

std::string unresolved(std::string_view markdown) {
  std::string text;
  for (const auto& [line, what] : parse_markdown(markdown).unresolved)
    text += std::to_string(line) + " " + what + "\n";
  return text;
}

}  // namespace

TEST_CASE("notes are numbered by their first marks, wherever they are written", "[markup]") {
  const auto document = parse_markdown(
      "[^規範]: 指本規範，\n  含附件。\n[^1]: 指 **CNS 27001**。\n\n# "
      "試印\n\n依標準[^1]及規定[^規範]，"
      "再依標準[^1]辦理。\n");
  REQUIRE(document.notes.size() == 2);
  CHECK(document.notes[0].label == "1");
  CHECK(plain_text(document.notes[0].content) == "指 CNS 27001。");
  CHECK(document.notes[0].uses == 2);
  CHECK(plain_text(document.notes[1].content) == "指本規範，含附件。");
  CHECK(whole_text(document.blocks) == "試印\n依標準及規定，再依標準辦理。\n");
  CHECK(document.unresolved.empty());
}

TEST_CASE("a note leads to its marks and back", "[markup]") {
  CHECK(to_html(parse_markdown(
            "依標準[^1]，又[^1]。\n\n[^1]: 指 <https://a.tw>[^2]。\n\n[^2]: 乙\n")) ==
        "<p>依標準<sup><a id=\"nr-1\" href=\"#n-1\" role=\"doc-noteref\">1</a></sup>，又<sup>"
        "<a id=\"nr-1-2\" href=\"#n-1\" role=\"doc-noteref\">1</a></sup>。</p>\n"
        "<section class=\"notes\" role=\"doc-endnotes\">\n<ol>\n"
        "<li id=\"n-1\">指 <a href=\"https://a.tw\">https://a.tw</a><sup><a id=\"nr-2\" "
        "href=\"#n-2\" role=\"doc-noteref\">2</a></sup>。 <a href=\"#nr-1\" "
        "role=\"doc-backlink\" aria-label=\"回到註 1\">↩</a> <a href=\"#nr-1-2\" "
        "role=\"doc-backlink\" aria-label=\"回到註 1\">↩</a></li>\n"
        "<li id=\"n-2\">乙 <a href=\"#nr-2\" role=\"doc-backlink\" aria-label=\"回到註 2\">↩</a>"
        "</li>\n</ol>\n</section>\n");
}

TEST_CASE("what only looks like a note stays as written", "[markup]") {
  for (const char* text : {"依[^ 1]辦理。\n", "依[^]辦理。\n", "甲\n\n```\n[^1]: 乙[^1]\n```\n"}) {
    INFO(text);
    CHECK(parse_markdown(text).notes.empty());
  }
  const auto escaped = parse_markdown("依\\[^1]與`[^1]`辦理[^1]。\n\n[^1]: 註\n");
  CHECK(whole_text(escaped.blocks) == "依[^1]與[^1]辦理。\n");
  CHECK(escaped.notes.at(0).uses == 1);
  CHECK(parse_markdown("[看[^1]](/a)\n\n[^1]: 註\n").notes.empty());  // no link within a link
}

TEST_CASE("a mark without a note and a note without a mark are kept and told with their lines",
          "[markup]") {
  const std::string text =
      "---\nid: A\n---\n甲[^缺]\n\n| 項 |\n|---|\n| 乙[^2] |\n\n[^多]: 無人引用[^缺]\n\n丙\n";
  CHECK(whole_text(parse_markdown(text).blocks) ==
        "甲[^缺]\n項\t乙[^2]\t\n丙\n[^多]: 無人引用[^缺]\n");
  CHECK(unresolved(text) == "4 [^缺]\n8 [^2]\n10 [^多]:\n");
  CHECK(unresolved("甲[^1]\n\n[^1]: 先\n[^1]: 後\n") == "4 [^1]:\n");
  CHECK(unresolved("甲[^1]\n\n[^1]:\n").empty());
}

TEST_CASE("a note is read, found and compared with the clause of its first mark", "[markup]") {
  const std::string before = "一、甲[^1]辦理。\n\n二、乙[^1]辦理。\n\n[^1]: 每年\n";
  const auto all = clauses(parse_markdown(before));
  CHECK(clause_at(all, "一").prose == "甲辦理。\n註：每年");
  CHECK(clause_at(all, "二").text == "乙辦理。");
  auto after = before;
  after.replace(after.find("每年"), 6, "每季");
  const auto changes = diff_clauses(parse_markdown(before), parse_markdown(after));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].new_path == "一");
}
