#include "search/excerpt.h"

#include "base/text.h"

using namespace vermilion;
using namespace vermilion::search;

namespace {

Excerpt of(const std::string& text, const std::string& query) {
  return make_excerpt(text, parse_query(query));
}

// The text with [ ] around what is marked.
std::string shown(const Excerpt& excerpt) {
  auto result = excerpt.text;
  for (auto mark = excerpt.marks.rbegin(); mark != excerpt.marks.rend(); ++mark) {
    result.insert(mark->second, "]");
    result.insert(mark->first, "[");
  }
  return result;
}

std::string repeated(const std::string& piece, int times) {
  std::string result;
  while (times-- > 0) result += piece;
  return result;
}

}  // namespace

TEST_CASE("what was found is marked as it is written in the text", "[search]") {
  CHECK(shown(of("臺北市政府", "台北市")) == "[臺北市]政府");
  CHECK(shown(of("依ＩＳＯ 27001 稽核", "iso27001")) == "依[ＩＳＯ] [27001] 稽核");
  CHECK(shown(of("其機\n房應有門禁", "機房")) == "其[機 房]應有門禁");
  CHECK(shown(of("本機。房屋", "機房")) == "本機。房屋");
  CHECK(shown(of("稽核紀錄", "記錄")) == "稽核[紀錄]");
  CHECK(shown(of("機密或密件", "密")) == "機[密]或[密]件");
  CHECK(shown(of("資訊資訊資訊", "資訊")) == "[資訊資訊資訊]");
}

TEST_CASE("markup in a text stays text", "[search]") {
  CHECK(shown(of("<script>alert('機房')</script>", "機房")) == "<script>alert('[機房]')</script>");
}

TEST_CASE("a long text is cut behind a sentence and says so", "[search]") {
  const auto before = repeated("依個人資料保護法訂定本辦法。", 40);
  const auto after = repeated("另定之資料保存期限。", 40);
  const auto excerpt = of(before + "其機房應有門禁。" + after, "門禁");
  CHECK(excerpt.text.substr(0, std::string("…其機房").size()) == "…其機房");
  CHECK(excerpt.text.size() < 400);
  CHECK(excerpt.text.substr(excerpt.text.size() - std::string("。…").size()) == "。…");
  CHECK(shown(excerpt).find("[門禁]") != std::string::npos);
}

TEST_CASE("the window holds as many different words as it can", "[search]") {
  const auto text = "機房。" + repeated("其他事項另以命令定之。", 60) + "進出機房應刷門禁卡。";
  CHECK(shown(of(text, "機房 門禁")).find("進出[機房]應刷[門禁]卡") != std::string::npos);
}

TEST_CASE("no excerpt ever cuts a UTF-8 sequence, and marks fit it", "[search]") {
  const std::string units[] = {"機", "a",  "𠮷",      "é",  "。",  " ",
                               "\n", "27", "e\u0301", "㈱", "\xff"};
  unsigned seed = 20261122;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 400; ++i) text += units[(seed = seed * 1103515245 + 12345) / 65536 % 11];
    std::string clean;
    for (const char byte : text) clean += byte == '\xff' ? '?' : byte;
    const auto excerpt = of(clean, "機a 27 𠮷");
    REQUIRE(is_text(excerpt.text));
    std::size_t last = 0;
    for (const auto& [begin, end] : excerpt.marks) {
      REQUIRE(begin >= last);
      REQUIRE(end > begin);
      REQUIRE(end <= excerpt.text.size());
      REQUIRE(is_text(excerpt.text.substr(begin, end - begin)));
      last = end;
    }
    (void)of(text, "機a 27 𠮷");
  }
}

TEST_CASE("an English word at the edge of the window stays whole", "[search]") {
  const auto text = repeated("confidentiality ", 60) + "needle " + repeated("availability ", 60);
  const auto excerpt = of(text, "needle");
  CHECK(excerpt.text.find("…confidentiality ") == 0);
  CHECK(excerpt.text.rfind(" availability…") == excerpt.text.size() - 16);
}

TEST_CASE("a text of megabytes without the word costs no more than its first part", "[search]") {
  const auto text = repeated("機", 1'000'000) + "門禁";
  const auto excerpt = of(text, "門禁");
  CHECK(excerpt.marks.empty());
  CHECK(excerpt.text.size() < 400);
}
