#include "search/query_parser.h"

#include "search/spellings.h"

using namespace vermilion::search;

namespace {

// "(稽核|查核) 紀錄 -草稿": groups, then what is excluded; the first spelling of each.
std::string described_query(const std::string& text) {
  const auto query = parse_query(text);
  std::string result;
  for (const auto& group : query.required) {
    std::string words;
    for (const auto& wanted : group) {
      words += (words.empty() ? "" : "|") + written(wanted.spellings[0]);
    }
    result += (result.empty() ? "" : ";") + words;
  }
  for (const auto& wanted : query.excluded) result += ";-" + written(wanted.spellings[0]);
  return result;
}

}  // namespace

TEST_CASE("words separated by any white space are all required", "[search]") {
  CHECK(described_query("機房 門禁") == "機房;門禁");
  CHECK(described_query("　機房\t\n門禁 ") == "機房;門禁");
  CHECK(described_query("機房　門禁") == "機房;門禁");
}

TEST_CASE("quotes of every kind make a phrase", "[search]") {
  for (const char* text : {"\"risk assessment\"", "“risk assessment”", "「risk assessment」",
                           "『risk assessment』", "＂risk assessment＂", "\"risk assessment"}) {
    INFO(text);
    CHECK(described_query(text) == "risk assessment");
  }
}

TEST_CASE("a minus sign excludes, inside a word it does not", "[search]") {
  CHECK(described_query("機房 -備援") == "機房;-備援");
  CHECK(described_query("機房 －備援") == "機房;-備援");
  CHECK(described_query("-\"risk log\" audit") == "audit;-risk log");
  CHECK(described_query("ISMS-01-002") == "isms 01 002");
  CHECK(described_query("機房 - 備援") == "機房;備援");
}

TEST_CASE("OR joins the words beside it and is nothing elsewhere", "[search]") {
  CHECK(described_query("稽核 OR 查核 紀錄") == "稽核|查核;紀錄");
  CHECK(described_query("稽核 ＯＲ 查核 OR 檢查") == "稽核|查核|檢查");
  CHECK(described_query("OR 稽核 OR") == "稽核");
  CHECK(described_query("稽核 OR -草稿") == "稽核;-草稿");
  CHECK(described_query("個資法OR稽核") == "個資法 or 稽核");
  CHECK(described_query("稽核 or 查核") == "稽核;or;查核");
}

TEST_CASE("a query with nothing to look for is empty", "[search]") {
  for (const char* text : {"", " ", "。", "\"\"", "-", "-機房", "OR", "「」", "***", "\xff\xfe"}) {
    INFO(text);
    CHECK(parse_query(text).empty());
  }
}

TEST_CASE("other spellings are words, not characters", "[search]") {
  CHECK(parse_query("稽核記錄").also == std::vector<std::string>{"稽核紀錄"});
  CHECK(parse_query("身分記錄").also ==
        std::vector<std::string>{"身份記錄", "身分紀錄", "身份紀錄"});
  CHECK(parse_query("備份").also.empty());
  CHECK(parse_query("計。畫").also.empty());
}

TEST_CASE("spellings are limited however often a word occurs", "[search]") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "週";
  const auto query = parse_query(text);
  CHECK(query.required[0][0].spellings.size() == most_spellings);
  CHECK(query.also.size() == 8);
}

TEST_CASE("a query of a megabyte is cut to its first words and tokens", "[search]") {
  std::string words;
  std::string run;
  while (words.size() < 1'000'000) words += "機房 ";
  while (run.size() < 1'000'000) run += "機房";
  CHECK(parse_query(words).required.size() == 32);
  CHECK(parse_query(run).required[0][0].spellings[0].size() == 256);
  std::string late(20'000, ' ');
  late += "機房";
  CHECK(parse_query(late).empty());
}
