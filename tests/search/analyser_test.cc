#include "search/analyser.h"

#include "base/text.h"
#include "search/normalise.h"
#include "search/terms.h"

using namespace vermilion;
using namespace vermilion::search;

namespace {

// "資訊@1 訊@2": terms with their positions, in order; 0 is none.
std::string described_terms(const std::string& text) {
  std::string result;
  for (const auto& posting : postings(analyse(text))) {
    result += (result.empty() ? "" : " ") + posting.term + "@" + std::to_string(posting.position);
  }
  return result;
}

std::string terms(const std::string& text) {
  std::string result;
  for (const auto& token : analyse(text)) result += (result.empty() ? "" : " ") + token.term;
  return result;
}

}  // namespace

TEST_CASE("a Chinese run becomes pairs with positions and single characters at its edges",
          "[search]") {
  CHECK(described_terms("資訊室") == "資@1 資訊@1 訊@0 訊室@2 室@3");
  CHECK(described_terms("密") == "密@1");
}

TEST_CASE("line ends and spaces do not break a Chinese run", "[search]") {
  for (const char* text : {"機\n房", "機 房", "機\r\n　房", "機\t\n房"}) {
    CHECK(described_terms(text) == described_terms("機房"));
  }
}

TEST_CASE("punctuation beside a Chinese character leaves a gap of eight", "[search]") {
  CHECK(described_terms("機。房") == "機@1 機|房@0 房@10");
  CHECK(described_terms("機／房") == described_terms("機/房"));
  CHECK(described_terms("機。」「房") == described_terms("機。房"));
  CHECK(described_terms("機（A") == "機@1 機|a@0 a@10");
}

TEST_CASE("letters and digits are separate words, joined by hyphen, slash, colon and full stop",
          "[search]") {
  CHECK(described_terms("ISO27001") == "iso@1 27001@2");
  CHECK(described_terms("ISO/IEC 27001:2013") == "iso@1 iec@2 27001@3 2013@4");
  CHECK(described_terms("A.9.2") == "a@1 9@2 2@3");
  CHECK(described_terms("第12條") == "第@1 12@2 條@3");
  CHECK(described_terms("end. Start") == "end@1 end|start@0 start@10");
  CHECK(described_terms("risk (high)") == "risk@1 risk|high@0 high@10");
}

TEST_CASE("width, case and glyph variants are folded", "[search]") {
  CHECK(terms("ＩＳＯ　２７００１") == "iso 27001");
  CHECK(terms("臺灣証券") == terms("台灣證券"));
  CHECK(terms("٢٧") == "27");
  CHECK(terms("㈱") == "株");
  CHECK(terms("ｶﾞ") == "ガ");
  CHECK(terms("Straße") == "strasse");
  CHECK(terms("神") == terms("\uFA19"));
  CHECK(terms("份") != terms("分"));
}

TEST_CASE("a name character in the private-use area is found like any other", "[search]") {
  CHECK(described_terms("林\uE123明") == "林@1 林\uE123@1 \uE123@0 \uE123明@2 明@3");
}

TEST_CASE("U+0000 never reaches a term and a long word is cut at 60 bytes", "[search]") {
  CHECK(terms(std::string("機\0房", 7)) == "機 房");
  CHECK(described_terms(std::string("機\0房", 7)) == described_terms("機房"));
  CHECK(analyse(std::string(130, '\0')).empty());
  for (const char* letter : {"a", "é", "ж", "ก", "𐐨"}) {
    std::string word;
    for (int i = 0; i < 500; ++i) word += letter;
    for (const auto& token : analyse(word)) {
      CHECK(token.term.size() <= longest_term);
      CHECK(is_text(token.term));
    }
  }
}

TEST_CASE("each token knows its bytes in the source", "[search]") {
  const std::string text = "ＩＳＯ 臺\n北 cafe\u0301。";
  std::vector<std::string> pieces;
  for (const auto& token : analyse(text)) {
    pieces.push_back(text.substr(token.begin, token.end - token.begin));
  }
  CHECK(pieces == std::vector<std::string>{"ＩＳＯ", "臺", "北", "cafe\u0301"});
}

TEST_CASE("normalising by segments equals normalising the whole", "[search]") {
  // Hangul syllables and kana compose across code points that are not marks.
  std::string joined;
  for (const auto& c : normalise("\u1112\u1161\u11ab か\u3099 e\u0301\u0323")) {
    joined += utf8(c.c);
  }
  CHECK(joined == lookup_form("한 が ẹ́"));
}

TEST_CASE("a megabyte of combining marks is analysed at once", "[search]") {
  std::string marks = "e";
  while (marks.size() < 1'000'000) marks += "\u0301\u0323";
  CHECK(analyse(marks).size() == 1);
}

TEST_CASE("ill-formed UTF-8 separates and does no harm", "[search]") {
  CHECK(described_terms("機\xff房") == described_terms("機。房"));
  CHECK(analyse("\xe6\xa9").empty());
}
