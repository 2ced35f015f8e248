#include "corpus.h"
#include "search/index.h"

using namespace vermilion::search;
using namespace search_corpus;

namespace {

Entry closed(const std::string& path, const std::string& text) {
  auto entry = clause(path, text);
  entry.document = "ISMS-T-900";
  entry.title = "弱點掃描報告";
  entry.access_class = closed_class;
  return entry;
}

bool same(const Result& a, const Result& b) {
  if (a.count != b.count || a.more != b.more || a.also != b.also) return false;
  if (a.hits.size() != b.hits.size()) return false;
  for (std::size_t i = 0; i < a.hits.size(); ++i) {
    if (a.hits[i].path != b.hits[i].path || a.hits[i].excerpt != b.hits[i].excerpt) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("what one may not see changes nothing in any answer", "[search]") {
  const Folder with;
  const Folder without;
  const auto full = Index::open(with.path());
  const auto bare = Index::open(without.path());
  auto entries = clauses({"機房門禁", "弱點處理", "稽核記錄"});
  bare->rebuild(entries);
  entries.push_back(closed("1", "機房弱點清單與稽核紀錄"));
  entries.push_back(closed("2", "弱點掃描結果"));
  full->rebuild(entries);
  for (const char* text : {"機房", "弱點", "弱點掃描", "弱點掃描報告", "ISMS-T-900", "紀錄", "記錄",
                           "清單", "機房 OR 清單", "機房 -弱點", "密", "掃"}) {
    INFO(text);
    CHECK(same(full->search(asking(text)), bare->search(asking(text))));
  }
  for (const auto& hit : full->search(asking("弱點")).hits) CHECK(hit.document == "ISMS-T-001");
}

TEST_CASE("an asker of both classes finds both", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild({clause("1", "弱點處理"), closed("2", "弱點掃描結果")});
  auto query = asking("弱點");
  query.access_classes = {open_class, closed_class};
  CHECK(index->search(query).count == 2);
  query.access_classes = {closed_class};
  CHECK(paths(*index, query) == std::vector<std::string>{"2"});
}

TEST_CASE("without a class, or with one that only begins alike, nothing is found", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild({clause("1", "機房"), closed("2", "機房")});
  for (const std::vector<std::string>& classes : std::vector<std::vector<std::string>>{
           {}, {""}, {"公開"}, {"公開/監資處2"}, {"公開/監資"}, {"K"}, {std::string(300, 'x')}}) {
    auto query = asking("機房");
    query.access_classes = classes;
    const auto result = index->search(query);
    CHECK(result.count == 0);
    CHECK(result.hits.empty());
  }
}

TEST_CASE("no words of a query act as a term of the index's own", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild({clause("1", "機房"), closed("2", "機房")});
  for (const char* text : {"XK", "XF", "XG密/政風室", "QISMS-T-900", "S機房", "\"XG密\""}) {
    INFO(text);
    CHECK(index->search(asking(text)).count == 0);
  }
}
