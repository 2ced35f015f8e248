// The regulation of the environmental agency, v3.5, as extracted from its PDF: every numbered
// clause must come out.
#include "base/text.h"
#include "counting.h"
#include "markup/import.h"
#include "markup/outline.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

std::optional<std::string> seed() {
  const auto shared = shared_folder();
  if (!shared) return std::nullopt;
  for (const auto& file : std::filesystem::directory_iterator(*shared / "seed")) {
    if (file.path().extension() == ".txt") return file_bytes(file.path());
  }
  WARN("skipped: ../shared has no seed text");
  return std::nullopt;
}

}  // namespace

TEST_CASE("the regulation: the cover is read", "[markup]") {
  const auto text = seed();
  if (!text) return;
  const auto imported = import_text(*text);
  CHECK(imported.title == "資訊安全管理規範");
  CHECK(imported.issuer == "行政院環境保護署");
  CHECK(imported.version == "3.5");
  CHECK(imported.approval_number == "環署資字第1041105975號函");
  CHECK(imported.promulgated == "89 年 2 月");
  CHECK(imported.revised == "104 年 8 月 28 日");
}

TEST_CASE("the regulation: all 393 numbered clauses are found, at the places the print gives them",
          "[markup]") {
  const auto text = seed();
  if (!text) return;
  const auto document = parse_markdown(import_text(*text).markdown);
  const auto all = clauses(document);
  std::map<int, int> by_depth;
  for (const auto& clause : all) ++by_depth[clause.depth];
  CHECK(by_depth == std::map<int, int>{{0, 1}, {1, 8}, {2, 27}, {3, 98}, {4, 200}, {5, 60}});
  const auto says = [&](std::string_view path, const char* words) {
    INFO(path << ": " << clause_at(all, path).text);
    CHECK(clause_at(all, path).text.find(words) != std::string::npos);
  };
  says("肆/八/(三)/6/(5)", "12 個字元");
  says("肆/八/(五)/2", "15 分鐘");
  says("肆/八/(一)/2", "系統磁碟");
  says("肆/五/(六)/2/(4)", "應僅限於與使用目的有關者。");
  says("肆/五/(六)/1~2", "電腦軟體管理作業說明書");
  says("肆/五/(五)/(1)", "電腦公用程式");
  says("肆/十三/(二)/4", "請參考。");
  says("伍/二/(一)/2", "年度重點");
  says("肆/八/(六)/4", "資訊安全事件管理流程");
  says("陸/二", "得適用本規範");
  says("壹/四/(十四)", "遵循性");
  CHECK(clause_at(all, "肆/八/(一)/1").path.empty());
  CHECK(clause_at(all, "肆/八/(九)/4").depth == 4);
  CHECK(clause_at(all, "肆/二").title == "資訊安全組織及權責。");
  CHECK(clause_at(all, "肆/十二/(四)").title == "資訊安全事件的評鑑、決定及回應");
}

TEST_CASE("the regulation: its three tables keep their rows", "[markup]") {
  const auto text = seed();
  if (!text) return;
  const auto document = parse_markdown(import_text(*text).markdown);
  const auto found = tables(document.blocks);
  REQUIRE(found.size() == 3);
  CHECK(found[0].clause.starts_with("壹/五"));
  CHECK(found[0].rows.size() == 10);
  CHECK(found[1].clause == "附件1");
  CHECK(found[1].rows.size() == 7);
  CHECK(found[1].rows[2][0].content.empty());
  CHECK(found[2].clause == "附件2");
  CHECK(found[2].rows.size() == 9);
}

TEST_CASE("the regulation: words broken by line ends are whole again", "[markup]") {
  const auto text = seed();
  if (!text) return;
  const auto markdown = import_text(*text).markdown;
  CHECK(count(markdown, "資訊安全執行秘書") == 4);
  CHECK(count(markdown, "資訊安全事件管理流程") == 1);
  CHECK(count(markdown, "風險擁有者") == 1);
  CHECK(count(markdown, "接受殘留資訊") == 1);
  CHECK(count(markdown, "資訊安全工作組") == 12);
  CHECK(count(markdown, "個資法 其他資安法規") == 1);
  CHECK(count(markdown, "**資訊安全政策之要求**") == 1);
  CHECK(count(markdown, "\\") == 0);
}

TEST_CASE("the regulation: nothing of the body is lost", "[markup]") {
  const auto text = seed();
  if (!text) return;
  const auto imported = import_text(*text);
  const auto out = whole_text(parse_markdown(imported.markdown).blocks);
  const auto body = text->substr(text->find("壹、總則\n"));
  std::u32string wanted;
  bool line_start = true;
  for (const char32_t c : code_points(body)) {
    const bool bullet = line_start && c == '-';
    line_start = c == '\n' || (line_start && c == ' ');
    if (!is_space(c) && !bullet && c != '*') wanted += c;
  }
  std::u32string got;
  for (const char32_t c : code_points(out)) {
    if (!is_space(c)) got += c;
  }
  got.erase(0, std::u32string_view(U"資訊安全管理規範").size());
  const auto second_list = got.find(U"1)有關應用系統");
  REQUIRE(second_list != got.npos);
  got[second_list + 1] = '.';
  CHECK(wanted == got);
}
