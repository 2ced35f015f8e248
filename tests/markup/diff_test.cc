#include "markup/diff.h"

#include <random>

#include "markup/outline.h"

using namespace vermilion::markup;

namespace {

// Removed text in [-…], added text in {+…}.
std::string shown(const std::vector<Part>& parts) {
  std::string text;
  for (const auto& part : parts) {
    if (part.kind == PartKind::kept) text += part.text;
    if (part.kind == PartKind::removed) text += "[-" + part.text + "]";
    if (part.kind == PartKind::added) text += "{+" + part.text + "}";
  }
  return text;
}

std::string side(const std::vector<Part>& parts, PartKind own) {
  std::string text;
  for (const auto& part : parts) {
    if (part.kind == PartKind::kept || part.kind == own) text += part.text;
  }
  return text;
}

std::string shown(const std::vector<ClauseChange>& changes) {
  const char* names[] = {"added", "removed", "changed", "moved"};
  std::string text;
  for (const auto& change : changes) {
    text += std::string(names[static_cast<int>(change.kind)]) + " " + change.old_path + ">" +
            change.new_path + " " + shown(change.parts) + "\n";
  }
  return text;
}

std::string between(std::string_view before, std::string_view after) {
  return shown(diff_clauses(parse_markdown(before), parse_markdown(after)));
}

}  // namespace

TEST_CASE("a changed number, word or character shows as itself", "[markup]") {
  CHECK(shown(diff_text("密碼至少 12 個字元", "密碼至少 14 個字元")) ==
        "密碼至少 [-12]{+14} 個字元");
  CHECK(shown(diff_text("每季檢討一次", "每月檢討一次")) == "每[-季]{+月}檢討一次");
  CHECK(shown(diff_text("依 ISO27001 辦理", "依 ISO27002 辦理")) == "依 ISO[-27001]{+27002} 辦理");
  CHECK(shown(diff_text("應經核准。", "應經書面核准。")) == "應經{+書面}核准。");
  CHECK(shown(diff_text("同", "同")) == "同");
  CHECK(shown(diff_text("", "新")) == "{+新}");
  CHECK(diff_text("", "").empty());
}

TEST_CASE("a crumb between two replaced phrases joins them", "[markup]") {
  CHECK(shown(diff_text("由單位之主管核定", "由處長之代理核定")) ==
        "由[-單位之主管]{+處長之代理}核定");
}

TEST_CASE("a character is never split from its variation selector or between its bytes",
          "[markup]") {
  CHECK(shown(diff_text("葛\U000E0100城", "葛\U000E0101城")) == "[-葛\U000E0100]{+葛\U000E0101}城");
  CHECK(shown(diff_text("記", "託")) == "[-記]{+託}");  // they share two of three bytes
  CHECK(shown(diff_text("👨‍👩‍👧", "👨‍👩‍👦")) ==
        "[-👨‍👩‍👧]{+👨‍👩‍👦}");
}

TEST_CASE("kept and removed give the old text, kept and added the new one", "[markup]") {
  const std::vector<std::string> pieces = {"資",         "訊",   "安",       "全", "，",
                                           "。",         "12",   "ISO",      " ",  "e\u0301",
                                           "\U0002070E", "\xff", "\xe8\xb3", "應", "\n"};
  std::mt19937 random(3);
  const auto text = [&] {
    std::string result;
    for (auto i = random() % 30; i > 0; --i) result += pieces[random() % pieces.size()];
    return result;
  };
  for (int round = 0; round < 5000; ++round) {
    const auto before = text();
    const auto after =
        round % 3 == 0 ? before.substr(0, random() % (before.size() + 1)) + text() : text();
    const auto parts = diff_text(before, after);
    CHECK(side(parts, PartKind::removed) == before);
    CHECK(side(parts, PartKind::added) == after);
    for (std::size_t i = 1; i < parts.size(); ++i) CHECK(parts[i].kind != parts[i - 1].kind);
  }
}

TEST_CASE("texts beyond the bound are replaced whole, quickly and exactly", "[markup]") {
  std::string before = "首";
  std::string after = "首";
  std::mt19937 random(4);
  for (int i = 0; i < 60000; ++i) {
    before += static_cast<char>('!' + random() % 14);
    after += static_cast<char>('!' + random() % 14);
  }
  before += "尾";
  after += "尾";
  const auto parts = diff_text(before, after);
  CHECK(parts.size() == 4);
  CHECK(side(parts, PartKind::removed) == before);
  CHECK(side(parts, PartKind::added) == after);
}

TEST_CASE("a change is told by clause, in the order of the newer text", "[markup]") {
  const char* before =
      "## 壹、總則\n\n（一）密碼至少 12 個字元。\n\n（二）帳號每年清查。\n\n## "
      "貳、附則\n\n（一）自核定日施行。\n";
  const char* after =
      "## 壹、總則\n\n（一）密碼至少 14 個字元。\n\n## "
      "貳、附則\n\n（一）自核定日施行。\n\n（二）修訂時亦同。\n";
  CHECK(between(before, after) ==
        "changed 壹/(一)>壹/(一) 密碼至少 [-12]{+14} 個字元。\n"
        "removed 壹/(二)> [-帳號每年清查。]\n"
        "added >貳/(二) {+修訂時亦同。}\n");
  CHECK(between(before, before).empty());
}

TEST_CASE("a clause put in renumbers the rest without rewriting them", "[markup]") {
  CHECK(between("1. 進出機房應登記。\n2. 機房內禁止飲食。\n3. 設備搬遷應經授權。\n",
                "1. 進出機房應登記。\n2. 訪客應有人陪同並留存紀錄。\n3. 機房內禁止飲食。\n4. "
                "設備搬遷應經核准授權。\n") ==
        "added >2 {+訪客應有人陪同並留存紀錄。}\n"
        "moved 2>3 機房內禁止飲食。\n"
        "changed 3>4 設備搬遷應經{+核准}授權。\n");
}

TEST_CASE("a stock sentence that stays is not taken for one that moved", "[markup]") {
  CHECK(between(
            "1. 相關表單請參考資安教育訓練管理流程。\n",
            "1. 相關表單請參考資安教育訓練作業流程。\n2. 相關表單請參考資安教育訓練管理流程。\n") ==
        "changed 1>1 相關表單請參考資安教育訓練[-管理]{+作業}流程。\nadded >2 "
        "{+相關表單請參考資安教育訓練管理流程。}\n");
}

TEST_CASE("a rewritten clause is one change with both texts", "[markup]") {
  CHECK(between("一、目的在於節約。\n", "一、本法適用各機關。\n") ==
        "changed 一>一 [-目的在於節約]{+本法適用各機關}。\n");
}

TEST_CASE("a removed clause shows where it stood", "[markup]") {
  CHECK(between("一、甲甲甲。\n\n二、乙乙乙。\n\n三、丙丙丙。\n", "三、丙丙丙。\n") ==
        "removed 一> [-甲甲甲。]\nremoved 二> [-乙乙乙。]\n");
}

TEST_CASE("the obligations of a clause are compared with it", "[markup]") {
  CHECK(between("1. 清查。\n\n   ```obligation\n   every: yearly\n   ```\n",
                "1. 清查。\n\n   ```obligation\n   every: monthly\n   ```\n") ==
        "changed 1>1 清查。\n頻率：每[-年]{+月}\n");
}

TEST_CASE("a register of thousands of rows, each changed, is compared row by row and quickly",
          "[markup]") {
  std::string before = "# 附件1：資產清冊\n\n| 編號 | 名稱 | 盤點日期 |\n|---|---|---|\n";
  std::string after = before;
  for (int i = 0; i < 10'000; ++i) {
    const auto number = std::to_string(10'000 + i);
    before += "| A-" + number + " | 伺服器 | 114 年 |\n";
    if (i != 5'000) after += "| A-" + number + " | 伺服器 | 115 年 |\n";
  }
  const auto changes = diff_clauses(parse_markdown(before), parse_markdown(after));
  REQUIRE(changes.size() == 1);
  std::size_t removed = 0;
  for (const auto& part : changes[0].parts) {
    if (part.kind == PartKind::removed && part.whole) {
      CHECK(part.text == "\n編號：A-15000；名稱：伺服器；盤點日期：114 年");
      ++removed;
    }
  }
  CHECK(removed == 1);
}

TEST_CASE("lines kept and removed give the old clause, kept and added the new one", "[markup]") {
  const std::vector<std::string> pieces = {"帳號應每年清查。", "密碼至少 12 個字元。",
                                           "密碼至少 14 個字元。", "訪客應登記。", "訪客應換證。"};
  std::mt19937 random(5);
  const auto text = [&] {
    std::string result;
    for (auto i = 1 + random() % 6; i > 0; --i)
      result += (result.empty() ? "" : "\n\n") + pieces[random() % pieces.size()];
    return result;
  };
  const auto lines = [](std::string paragraphs) {
    for (auto at = paragraphs.find("\n\n"); at != std::string::npos; at = paragraphs.find("\n\n"))
      paragraphs.erase(at, 1);
    return paragraphs;
  };
  for (int round = 0; round < 2000; ++round) {
    const auto before = text();
    const auto after = text();
    for (const auto& change : diff_clauses(parse_markdown(before), parse_markdown(after))) {
      CHECK(side(change.parts, PartKind::removed) == lines(before));
      CHECK(side(change.parts, PartKind::added) == lines(after));
    }
  }
}
