#include <fmt/format.h>

#include <ctime>
#include <random>

#include "markup/outline.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

std::string repeated(std::string_view what, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += what;
  return text;
}

struct Case {
  const char* name;
  std::string text;
};

std::vector<Case> pathological() {
  std::string nested;
  for (int i = 0; i < 2800; ++i)
    nested += std::string(2 * static_cast<std::size_t>(i), ' ') + "- 甲\n";
  const auto columns = repeated("| 甲 ", 20000) + "|\n" + repeated("|---", 20000) + "|\n" +
                       repeated("| 乙 ", 20000) + "|\n";
  const auto short_rows =
      repeated("|a", 60) + "|\n" + repeated("|-", 60) + "|\n" + repeated("|x\n", 8000);
  std::string many_notes;
  std::string chained_notes = "甲[^0]\n\n";
  for (int i = 0; i < 10000; ++i) {
    many_notes += fmt::format("甲[^{0}]\n\n[^{0}]: 註\n\n", i);
    chained_notes += fmt::format("[^{}]: 註[^{}]\n\n", i, i + 1);
  }
  const auto merged = repeated("|a", 60) + "|\n" + repeated("|-", 60) + "|\n" +
                      repeated(repeated("|^", 30) + repeated("|<", 30) + "|\n", 1600);
  return {{"quotes then stars", repeated(">", 40000) + repeated("a*", 40000)},
          {"64 quotes then stars", repeated(">", 64) + repeated("a*", 40000)},
          {"64 lists then stars", repeated("- ", 64) + repeated("甲**「", 20000)},
          {"20,000 columns", columns},
          {"short table rows", short_rows},
          {"many small tables", repeated("|甲|乙|\n|-|-|\n|丙|丁|\n\n", 10000)},
          {"open brackets", repeated("[", 50000)},
          {"open brackets in a table", "|a|\n|-|\n|" + repeated("[", 50000)},
          {"closed brackets", repeated("]:", 50000)},
          {"stars", repeated("**", 50000)},
          {"spaced stars", repeated("**甲 ", 20000) + repeated("甲** ", 20000)},
          {"images", repeated("![", 50000)},
          {"nested emphasis", repeated("*甲 **乙 ", 20000)},
          {"lists on one line", repeated("- ", 5000) + "甲"},
          {"lists by indentation", nested},
          {"pluses on one line", repeated("+ ", 5000)},
          {"backticks", repeated("`a``b", 20000)},
          {"references", repeated("[a]: /b\n[a][a] ", 20000)},
          {"less-than signs",
           repeated("a <!A ", 20000) + repeated("a <? ", 20000) + repeated("<![CDATA[ ", 20000)},
          {"entities", repeated("&#0;&amp", 20000)},
          {"links", repeated("[甲](", 20000)},
          {"marks of notes", repeated("甲[^a]", 40000) + "\n\n[^a]: 註"},
          {"marks without notes", repeated("[^a", 40000) + repeated("[^a]", 20000)},
          {"many notes", many_notes},
          {"definitions of one note", repeated("[^a]: 註\n", 20000)},
          {"notes in notes", chained_notes},
          {"references", repeated("見 肆/八/(三)", 20000)},
          {"an endless path", "見 肆" + repeated("/1", 40000)},
          {"見", repeated("見", 80000)},
          {"terms", repeated("甲\n: 乙\n", 20000)},
          {"merged cells", merged},
          {"front matter", "---\n" + repeated("a: [", 10000) + "\n---\n"}};
}

}  // namespace

// Of CPU, so that neighbours do not count; 0.4 s at most without sanitizers.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr double slowest = 5;
#else
constexpr double slowest = 1;
#endif

TEST_CASE("no input of some hundred kilobytes takes a second", "[markup]") {
  for (const auto& [name, text] : pathological()) {
    const auto begin = std::clock();
    const auto outcome = refusal(text);
    const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    INFO(name << ": " << outcome << " in " << took << " s");
    CHECK(took < slowest);
  }
}

TEST_CASE("what is too deep, too wide or too large is refused by name", "[markup]") {
  CHECK(refusal(repeated(">", 40000) + "甲") == "markdown-too-deep");
  CHECK(refusal(repeated("- ", 5000) + "甲") == "markdown-too-deep");
  CHECK(refusal(repeated("1. ", 70) + "甲") == "markdown-too-deep");
  CHECK(refusal(repeated("*甲 **乙 ", 200) + repeated("乙** 甲*", 200)) == "markdown-too-deep");
  CHECK(refusal(std::string((8 << 20) + 1, 'a')) == "markdown-too-large");
  CHECK(refusal(repeated("|a", 60) + "|\n" + repeated("|-", 60) + "|\n" + repeated("|x\n", 8000)) ==
        "markdown-too-large");
  CHECK(refusal(repeated("- ", 200)) == "parsed");  // a rule
  CHECK(tables(parse_markdown(repeated("|a", 65) + "|\n" + repeated("|-", 65) + "|\n").blocks)
            .empty());
  CHECK(tables(parse_markdown(repeated("|a", 64) + "|\n" + repeated("|-", 64) + "|\n").blocks)
            .size() == 1);
}

TEST_CASE("naughty strings parse or are refused with an Error", "[markup]") {
  const auto suite = shared_suite("blns.json");
  if (!suite) return;
  int parsed = 0;
  const auto strings = nlohmann::json::parse(file_bytes(*suite));
  for (const auto& entry : strings) parsed += refusal(entry.get<std::string>()) == "parsed" ? 1 : 0;
  CHECK(strings.size() > 400);
  CHECK(parsed > 300);
}

TEST_CASE("random Markdown never breaks the parser", "[markup]") {
  const std::vector<std::string> pieces = {"*",
                                           "**",
                                           "_",
                                           "`",
                                           "```\n",
                                           "|",
                                           "|---|\n",
                                           "\n",
                                           "\n\n",
                                           "- ",
                                           "1. ",
                                           "> ",
                                           "# ",
                                           "    ",
                                           "甲",
                                           "，",
                                           "「",
                                           "」",
                                           "[",
                                           "]",
                                           "(",
                                           ")",
                                           "!",
                                           "<",
                                           ">",
                                           "\\",
                                           "&amp;",
                                           "一、",
                                           "（一）",
                                           "1、",
                                           "附件：",
                                           "[^1]:",
                                           "[^1]",
                                           ": ",
                                           "見肆/八",
                                           "|^|<|\n",
                                           " ",
                                           "\t",
                                           "\r",
                                           "http://",
                                           ":",
                                           "---\n",
                                           "\xEF\xB7\x90",
                                           "~~~",
                                           "2) "};
  std::mt19937 random(20261122);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += pieces[random() % pieces.size()];
    INFO(text);
    try {
      const auto document = parse_markdown(text);
      std::set<std::string> anchors;
      const auto all = clauses(document);
      for (const auto& clause : all) anchors.insert(clause.anchor);
      CHECK(anchors.size() == all.size());
      CHECK(whole_text(document.blocks).find("\xEF\xB7\x91") == std::string::npos);
    } catch (const Error&) {
    }
  }
}
