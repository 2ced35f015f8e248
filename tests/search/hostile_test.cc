#include <ctime>
#include <random>

#include "base/json.h"
#include "base/text.h"
#include "corpus.h"
#include "search/index.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::search;
using namespace search_corpus;

namespace {

std::vector<std::string> naughty_strings() {
  const auto file = shared_suite("blns.json");
  std::vector<std::string> result;
  if (!file) return result;
  for (const auto& item : Json::parse(file_bytes(*file))) result.push_back(item);
  return result;
}

// Bytes, code points and pieces of the query language, mixed.
std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "機房", "\"",     "-",          " ",    "OR",  "「", "」", "*",    "(",
      ")",    "稽核",   "週",         "紀錄", "27",  "a",  "\n", "\xff", "，",
      "\xe6", "\u0301", "\U0001F600", "XG:",  "AND", ":",  "~"};
  std::string result;
  const auto length = random() % 40;
  for (std::size_t i = 0; i < length; ++i) {
    switch (random() % 4) {
      case 0:
        result += static_cast<char>(random() % 256);
        break;
      case 1:
        result += utf8(static_cast<char32_t>(random() % 0x30000));
        break;
      default:
        result += pieces[random() % pieces.size()];
    }
  }
  return result;
}

std::unique_ptr<Index> filled(const Folder& folder, const std::vector<Entry>& entries) {
  auto index = Index::open(folder.path());
  index->rebuild(entries);
  return index;
}

}  // namespace

TEST_CASE("the naughty strings throw nothing, as a query and as a text", "[search]") {
  const auto strings = naughty_strings();
  const Folder folder;
  const auto index = filled(folder, clauses(strings));
  for (const auto& text : strings) {
    INFO(text);
    CHECK_NOTHROW(index->search(asking(text)));
    CHECK_NOTHROW(index->search(asking("\"" + text)));
  }
  CHECK(index->contents().size() == strings.size());
}

TEST_CASE("five thousand random queries throw nothing and stay within the rights", "[search]") {
  std::mt19937 random(20261122);
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) texts.push_back(random_text(random));
  auto entries = clauses(texts);
  for (std::size_t i = 0; i < entries.size(); i += 2) {
    entries[i].access_class = closed_class;
    entries[i].document = "ISMS-T-900";
  }
  const Folder folder;
  const auto index = filled(folder, entries);
  int failures = 0;
  int leaks = 0;
  for (int i = 0; i < 5000; ++i) {
    try {
      auto query = asking(random_text(random));
      query.limit = 20;
      for (const auto& hit : index->search(query).hits) {
        leaks += hit.document == "ISMS-T-900" || !is_text(hit.excerpt);
      }
    } catch (...) {
      ++failures;
    }
  }
  CHECK(failures == 0);
  CHECK(leaks == 0);
}

TEST_CASE("a query of a megabyte takes less than a second of processor time", "[search]") {
  const Folder folder;
  const auto index = filled(folder, clauses({"機房門禁管制", std::string(100'000, 'x')}));
  const std::vector<std::string> pieces = {"機房",   "機房 ",      "\"",     "- ",
                                           "週",     "週紀錄 OR ", "\u0301", "a1",
                                           "機。房", "\xff",       "-機 ",   "((((("};
  for (const auto& piece : pieces) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    INFO(piece);
    const auto start = std::clock();
    CHECK_NOTHROW(index->search(asking(text)));
    CHECK(std::clock() - start < CLOCKS_PER_SEC);
  }
}
