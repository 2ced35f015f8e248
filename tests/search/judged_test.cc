// Judged queries: what the index finds in the starter regulation, against a plain scan for the
// words. The scan shares no code with the analyser.
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.h"
#include "corpus.h"
#include "search/index.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::search;
using namespace search_corpus;
namespace fs = std::filesystem;

namespace {

struct Judged {
  std::string query;
  // All of these must occur; of each, one of the alternatives.
  std::vector<std::vector<std::string>> parts;
};

bool is_letter(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_latin(char32_t c) { return is_letter(c) || is_digit(c); }

char32_t narrow_lower(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

// Narrow, lower case, no white space but one space between two words of letters or digits.
std::u32string plain(const std::string& text) {
  std::u32string result;
  bool space = false;
  for (const char32_t wide : code_points(text)) {
    const auto c = narrow_lower(wide);
    if (is_space(c)) {
      space = true;
      continue;
    }
    const auto last = result.empty() ? U'\0' : result.back();
    const bool words = is_latin(last) && is_latin(c);
    if (words && (space || is_letter(last) != is_letter(c))) result += U' ';
    result += c;
    space = false;
  }
  return result;
}

bool occurs(const std::u32string& text, const std::u32string& word) {
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool left = at > 0 && is_latin(text[at - 1]) && is_latin(word.front());
    const bool right = end < text.size() && is_latin(text[end]) && is_latin(word.back());
    if (!left && !right) return true;
  }
  return false;
}

bool has_all(const std::u32string& text, const Judged& judged) {
  return std::all_of(judged.parts.begin(), judged.parts.end(), [&](const auto& alternatives) {
    return std::any_of(alternatives.begin(), alternatives.end(),
                       [&](const auto& word) { return occurs(text, plain(word)); });
  });
}

// The paragraphs of every starter text, as entries.
std::vector<Entry> starter_paragraphs() {
  std::vector<Entry> result;
  std::set<fs::path> files;
  for (const auto& item :
       fs::directory_iterator(fs::path(VERMILION_SOURCE_DIR) / "docs-src/isms")) {
    if (item.path().extension() == ".md") files.insert(item.path());
  }
  for (const auto& file : files) {
    std::istringstream lines(file_bytes(file));
    std::string line;
    std::string paragraph;
    const auto finish = [&] {
      auto entry = clause(file.stem().string() + "#" + std::to_string(result.size()), paragraph);
      entry.title.clear();
      entry.document = "t";
      if (!paragraph.empty()) result.push_back(entry);
      paragraph.clear();
    };
    while (std::getline(lines, line)) line.empty() ? finish() : void(paragraph += line + "\n");
    finish();
  }
  return result;
}

Judged one(const std::string& word) { return {word, {{word}}}; }

std::vector<Judged> judged_queries() {
  std::vector<Judged> result;
  for (const char* word : {"機房",
                           "稽核",
                           "風險",
                           "密碼",
                           "備份",
                           "資安",
                           "委員會",
                           "使用者",
                           "保密性",
                           "通行碼",
                           "資訊安全",
                           "管理審查",
                           "存取控制",
                           "風險評鑑",
                           "教育訓練",
                           "營運持續",
                           "內部稽核",
                           "矯正措施",
                           "資訊資產",
                           "管理安全",
                           "電子簽章法",
                           "個人資料保護法",
                           "資訊安全管理系統",
                           "資訊安全執行秘書",
                           "密",
                           "稽",
                           "人",
                           "ISO/IEC",
                           "第1級",
                           "12個字元",
                           "ＣＮＳ"}) {
    result.push_back(one(word));
  }
  const std::vector<Judged> more = {
      {"CNS 27001", {{"cns"}, {"27001"}}},
      {"ISO/IEC 27001:2013", {{"iso/iec"}, {"27001:2013"}}},
      {"\"ISO/IEC 27001\"", {{"iso/iec 27001"}}},
      {"CNS27001", {{"cns"}, {"27001"}}},
      {"ISO 27001 控制措施", {{"iso"}, {"27001"}, {"控制措施"}}},
      {"稽核記錄", {{"稽核記錄", "稽核紀錄"}}},
      {"紀錄", {{"紀錄", "記錄"}}},
      {"計劃", {{"計劃", "計畫"}}},
      {"身份", {{"身分", "身份"}}},
      {"稽核 紀錄 保存", {{"稽核"}, {"紀錄", "記錄"}, {"保存"}}},
      {"個人資料 銷毀", {{"個人資料"}, {"銷毀"}}},
      {"機密 OR 敏感", {{"機密", "敏感"}}},
      {"「資訊安全 管理」", {{"資訊安全管理"}}},
      {"15 分鐘", {{"15"}, {"分鐘"}}},
      {"12 個字元", {{"12"}, {"個字元"}}},
  };
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

}  // namespace

TEST_CASE("judged queries find exactly what a scan finds, in the starter regulation", "[search]") {
  const auto entries = starter_paragraphs();
  REQUIRE(entries.size() > 500);
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild(entries);
  int judged = 0;
  for (const auto& query : judged_queries()) {
    std::vector<std::string> expected;
    for (const auto& entry : entries) {
      if (has_all(plain(entry.text), query)) expected.push_back(entry.path);
    }
    std::sort(expected.begin(), expected.end());
    INFO(query.query << ": " << expected.size());
    CHECK(expected.size() < 1000);
    CHECK(paths(*index, query.query) == expected);
    judged += !expected.empty();
  }
  CHECK(judged >= 40);
}

TEST_CASE("what the scan counts as found is marked in its excerpt", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild(starter_paragraphs());
  for (const auto& query : judged_queries()) {
    for (const auto& hit : index->search(asking(query.query)).hits) {
      INFO(query.query << " in " << hit.excerpt);
      const auto pieces = marked(hit);
      CHECK(std::any_of(pieces.begin(), pieces.end(), [&](const auto& piece) {
        return std::any_of(query.parts.begin(), query.parts.end(), [&](const auto& alternatives) {
          return std::any_of(alternatives.begin(), alternatives.end(), [&](const auto& word) {
            return plain(piece).find(plain(word)) != std::u32string::npos;
          });
        });
      }));
    }
  }
}
