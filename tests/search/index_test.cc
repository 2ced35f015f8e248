#include "search/index.h"

#include "base/error.h"
#include "base/text.h"
#include "corpus.h"

using namespace vermilion::search;
using namespace search_corpus;
using Paths = std::vector<std::string>;

TEST_CASE("numbers are found with and without the space before their unit", "[search]") {
  const std::vector<std::string> texts = {"閒置逾時（15 分鐘內）自動登出", "通行碼至少12個字元",
                                          "通行碼至少 12 個字元", "保存 150 分鐘"};
  CHECK(paths_in(texts, "15 分鐘") == Paths{"1"});
  CHECK(paths_in(texts, "15分鐘") == Paths{"1"});
  CHECK(paths_in(texts, "12 個字元") == Paths{"2", "3"});
  CHECK(paths_in(texts, "12個字元") == Paths{"2", "3"});
  CHECK(paths_in(texts, "2個字元").empty());
}

TEST_CASE("a standard is found however it is written", "[search]") {
  const std::vector<std::string> texts = {"依 ISO 27001 驗證", "依 ISO27001 驗證",
                                          "依ＩＳＯ　２７００１驗證", "國際標準 ISO/IEC 27001:2013",
                                          "ISO 9001 與 CNS 27002"};
  for (const char* query : {"ISO27001", "ISO 27001", "ＩＳＯ 27001", "iso２７００１"}) {
    INFO(query);
    CHECK(paths_in(texts, query) == Paths{"1", "2", "3", "4"});
  }
  CHECK(paths_in(texts, "\"ISO27001\"") == Paths{"1", "2", "3"});
  CHECK(paths_in(texts, "27001:2013") == Paths{"4"});
}

TEST_CASE("a word is found across a line end and not across punctuation", "[search]") {
  CHECK(paths_in({"設資訊安全\n執行秘書一人"}, "資訊安全執行秘書") == Paths{"1"});
  CHECK(paths_in({"本機。房屋另定之", "本機、房屋", "本機房屋"}, "機房") == Paths{"3"});
  CHECK(paths_in({"區分為機密／敏感", "區分為機密/敏感", "機密文件之敏感程度甚高"}, "機密/敏感") ==
        Paths{"1", "2"});
}

TEST_CASE("one Chinese character finds every text that has it", "[search]") {
  CHECK(paths_in({"密", "機密等級", "密等", "保密協定", "公開"}, "密") ==
        Paths{"1", "2", "3", "4"});
}

TEST_CASE("a repeated character is a phrase of its own length", "[search]") {
  CHECK(paths_in({"人人有責", "人人人", "人"}, "人人人") == Paths{"2"});
}

TEST_CASE("spellings of one word find each other and no other word", "[search]") {
  const std::vector<std::string> texts = {"稽核紀錄", "稽核記錄", "備份作業", "設備分類",
                                          "身份證明", "身分證明", "臺北市",   "台北市"};
  CHECK(paths_in(texts, "稽核記錄") == Paths{"1", "2"});
  CHECK(paths_in(texts, "稽核紀錄") == Paths{"1", "2"});
  CHECK(paths_in(texts, "備份") == Paths{"3"});
  CHECK(paths_in(texts, "身份") == Paths{"5", "6"});
  CHECK(paths_in(texts, "臺北") == Paths{"7", "8"});
}

TEST_CASE("AND, OR, NOT and phrase answer as they read", "[search]") {
  const std::vector<std::string> texts = {"機房門禁", "機房空調", "門禁卡片", "risk assessment",
                                          "assessment of risk"};
  CHECK(paths_in(texts, "機房 門禁") == Paths{"1"});
  CHECK(paths_in(texts, "機房 OR 門禁") == Paths{"1", "2", "3"});
  CHECK(paths_in(texts, "機房 -門禁") == Paths{"2"});
  CHECK(paths_in(texts, "risk assessment") == Paths{"4", "5"});
  CHECK(paths_in(texts, "\"risk assessment\"") == Paths{"4"});
  CHECK(paths_in(texts, "-機房").empty());
  CHECK(paths_in(texts, "").empty());
}

TEST_CASE("a title finds the first entry, and any entry that has the other words", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild(clauses({"訂定目的", "通行碼至少 12 個字元", "訂定參考"}));
  CHECK(paths(*index, "測試規範") == Paths{"1"});
  CHECK(paths(*index, "ISMS-T-001") == Paths{"1"});
  CHECK(paths(*index, "測試規範 通行碼") == Paths{"2"});
  CHECK(paths(*index, "通行碼 -測試規範") == Paths{"2"});
}

TEST_CASE("a clause that has the words in its title comes first", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  auto entries = clauses({"存取控制之一般規定", "存取控制之一般規定", "存取控制之一般規定"});
  entries[1].clause_title = "存取控制";
  index->rebuild(entries);
  CHECK(index->search(asking("存取控制")).hits.at(0).path == "2");
}

TEST_CASE("words that stand together rank before words that stand apart", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild(clauses({"分鐘數以 15 為限之規定", "逾時 15 分鐘為限之規定"}));
  CHECK(index->search(asking("15 分鐘")).hits.at(0).path == "2");
}

TEST_CASE("equals come in the order of the document, however they were indexed", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  std::vector<std::string> texts(30, "稽核每年一次");
  index->rebuild(clauses(texts));
  const auto first = index->search(asking("稽核")).hits;
  index->replace_document("ISMS-T-001", clauses(texts));
  const auto second = index->search(asking("稽核")).hits;
  REQUIRE(first.size() == 30);
  for (std::size_t i = 0; i < 30; ++i) {
    CHECK(first[i].path == std::to_string(i + 1));
    CHECK(second[i].path == std::to_string(i + 1));
  }
}

TEST_CASE("a hit carries the clause, its version and a marked excerpt", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  auto entry = clause("肆/八/(三)", "設資訊安全\n執行秘書一人");
  entry.clause_title = "資訊安全組織";
  index->rebuild({entry});
  const auto result = index->search(asking("資訊安全執行秘書"));
  REQUIRE(result.count == 1);
  const auto& hit = result.hits.at(0);
  CHECK(hit.document == "ISMS-T-001");
  CHECK(hit.version == "1.0");
  CHECK(hit.title == "測試規範");
  CHECK(hit.path == "肆/八/(三)");
  CHECK(hit.clause_title == "資訊安全組織");
  CHECK(hit.kind == "document");
  CHECK(hit.excerpt == "設資訊安全 執行秘書一人");
  CHECK(marked(hit) == Paths{"資訊安全 執行秘書"});
}

TEST_CASE("counts are exact up to a thousand and pages fit together", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  for (const std::size_t size : {999u, 1000u, 1001u}) {
    index->rebuild(clauses(std::vector<std::string>(size, "資訊安全管理審查")));
    auto query = asking("資訊安全管理審查");
    query.limit = 7;
    query.first = 990;
    const auto result = index->search(query);
    CHECK(result.count == std::min<std::size_t>(size, 1000));
    CHECK(result.more == (size > 1000));
    REQUIRE(result.hits.size() == 7);
    CHECK(result.hits[0].path == "991");
    query.limit = 0;
    CHECK(index->search(query).count == result.count);
    query.first = static_cast<std::size_t>(-1);
    CHECK(index->search(query).hits.empty());
  }
}

TEST_CASE("versions no longer in force are found only when asked for", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  auto old = clause("伍", "通行碼至少 8 個字元");
  old.version = "0.9";
  old.current = false;
  index->rebuild({old, clause("伍", "通行碼至少 12 個字元")});
  auto query = asking("通行碼");
  CHECK(index->search(query).count == 1);
  CHECK(index->search(query).hits.at(0).version == "1.0");
  query.current_only = false;
  CHECK(index->search(query).count == 2);
  query.text = "測試規範";
  CHECK(index->search(query).count == 2);
}

TEST_CASE("replacing a document leaves the others and nothing of the old text", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  auto other = clause("1", "舊文字");
  other.document = "ISMS-T-0012";
  auto entries = clauses({"舊文字", "舊文字二"});
  entries.push_back(other);
  index->rebuild(entries);
  index->replace_document("ISMS-T-001", clauses({"新文字"}));
  CHECK(index->contents() == Paths{"ISMS-T-001\t1.0\t1", "ISMS-T-0012\t1.0\t1"});
  CHECK(index->search(asking("舊文字")).count == 1);
  CHECK(index->search(asking("新文字")).count == 1);
  index->replace_document("ISMS-T-001", {});
  CHECK(index->contents() == Paths{"ISMS-T-0012\t1.0\t1"});
}

TEST_CASE("rebuilding gives the same answers as replacing, in one generation", "[search]") {
  const Folder replaced;
  const Folder rebuilt;
  const auto entries = clauses({"稽核紀錄", "稽核計畫", "稽核", "機房"});
  const auto one = Index::open(replaced.path());
  one->replace_document("ISMS-T-001", clauses({"別的"}));
  one->replace_document("ISMS-T-001", entries);
  const auto two = Index::open(rebuilt.path());
  two->rebuild({});
  two->rebuild(entries);
  CHECK(one->contents() == two->contents());
  const auto a = one->search(asking("稽核")).hits;
  const auto b = two->search(asking("稽核")).hits;
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i].path == b[i].path);
  int generations = 0;
  for (const auto& item : std::filesystem::directory_iterator(rebuilt.path())) {
    generations += item.is_directory();
  }
  CHECK(generations == 1);
}

TEST_CASE("an index outlives its object", "[search]") {
  const Folder folder;
  {
    const auto index = Index::open(folder.path());
    CHECK(index->created());
    index->replace_document("ISMS-T-001", clauses({"機房門禁"}));
  }
  const auto again = Index::open(folder.path());
  CHECK_FALSE(again->created());
  CHECK_FALSE(again->needs_rebuild());
  CHECK(paths(*again, "門禁") == Paths{"1"});
}

TEST_CASE("text that is not UTF-8 is indexed and shown as text", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild(clauses({"機房\xff門禁", std::string("機\0房", 7)}));
  for (const auto& hit : index->search(asking("機房")).hits) {
    CHECK(vermilion::is_text(hit.excerpt));
  }
  CHECK(index->search(asking("機房")).count == 2);
}

TEST_CASE("a key too long for a term is refused and nothing is written", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  index->rebuild(clauses({"機房"}));
  auto entry = clause("1", "門禁");
  entry.access_class = std::string(300, 'x');
  CHECK_THROWS_AS(index->replace_document("ISMS-T-001", {entry}), vermilion::Error);
  CHECK(paths(*index, "機房") == Paths{"1"});
}
