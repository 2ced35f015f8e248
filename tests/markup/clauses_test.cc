#include "markup/outline.h"

using namespace vermilion::markup;

namespace {

const char* const regulation = R"(# 資料中心門禁規範

本規範自核定日起施行。

## 壹、總則

### 一、目的

為保護機房，特訂定本規範。

```obligation
id: OB-900
duty: 每年檢視門禁名單
every: yearly
```

### 二、名詞

（一）訪客：未持有識別證之人員。

（二）陪同人：

1. 負責引導訪客。

2. 應注意下列事項：

   （1）不得離開訪客。

   （２）離場時核對人數。

10. 交接時填寫紀錄，
    並簽名。

   ```obligation
   id: OB-901
   ```

以上各款每年檢討。

## 附件：訪客登記表

| 日期 | 姓名 |
| --- | :-: |
| 115.3.2 | 林小美 |

## 附件二：識別證樣式

樣式如圖。
)";

std::vector<std::string> paths_of(std::string_view markdown) {
  return paths(parse_markdown(markdown));
}
using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("clauses are numbered by the style of their printed labels", "[markup]") {
  CHECK(paths_of(regulation) == Paths{"", "壹", "壹/一", "壹/二", "壹/二/(一)", "壹/二/(二)",
                                      "壹/二/(二)/1", "壹/二/(二)/2", "壹/二/(二)/2/(1)",
                                      "壹/二/(二)/2/(2)", "壹/二/(二)/3", "附件1", "附件2"});
}

TEST_CASE("a clause has its label, depth, title and the text that stands in it", "[markup]") {
  const auto all = clauses(parse_markdown(regulation));
  CHECK(all.front().text == "資料中心門禁規範\n本規範自核定日起施行。");
  const auto purpose = clause_at(all, "壹/一");
  CHECK(purpose.label == "一、");
  CHECK(purpose.depth == 2);
  CHECK(purpose.title == "目的");
  CHECK(purpose.anchor == "c-壹-一");
  CHECK(purpose.text == "目的\n為保護機房，特訂定本規範。\nOB-900　每年檢視門禁名單\n頻率：每年");
  const auto duty = clause_at(all, "壹/二/(二)/2/(2)");
  CHECK(duty.label == "（２）");
  CHECK(duty.depth == 5);
  CHECK(duty.title.empty());
  CHECK(duty.text == "離場時核對人數。");
  CHECK(clause_at(all, "附件1").text == "訪客登記表\n日期 | 姓名\n115.3.2 | 林小美");
  CHECK(clause_at(all, "附件2").label == "附件二：");
}

TEST_CASE("a code block continues the clause before it even where its indentation leaves the list",
          "[markup]") {
  const auto all = clauses(parse_markdown(regulation));
  CHECK(clause_at(all, "壹/二/(二)/3").text == "交接時填寫紀錄，並簽名。\nOB-901");
}

TEST_CASE("a paragraph after a list belongs to what stood before the list", "[markup]") {
  CHECK(clause_at(clauses(parse_markdown(regulation)), "壹/二/(二)").text ==
        "陪同人：\n以上各款每年檢討。");
}

TEST_CASE(
    "numbering that breaks, repeats or skips depths still gives each clause a path of its own",
    "[markup]") {
  CHECK(paths_of("## 肆、規範\n\n### 八、主機\n\n#### （一）程序\n\n2. 磁碟分開。\n3. 採用 "
                 "RAID。\n\n1) 另請參考手冊。\n2) 甲\n") ==
        Paths{"肆", "肆/八", "肆/八/(一)", "肆/八/(一)/2", "肆/八/(一)/3", "肆/八/(一)/1",
              "肆/八/(一)/2~2"});
  CHECK(paths_of("## 肆、規範\n\n（1）直接列舉。\n\n（2）再列。\n\n### 一、節\n\n（1）三。") ==
        Paths{"肆", "肆/(1)", "肆/(2)", "肆/一", "肆/一/(1)"});
  CHECK(paths_of("一、甲\n\n二、乙\n\n二、丙\n\n（一）丁") ==
        Paths{"一", "二", "二~2", "二~2/(一)"});
}

TEST_CASE("（1） nests under the item above it whether indented or not", "[markup]") {
  CHECK(paths_of("1. 甲\n\n（1）乙\n\n（2）丙\n\n2. 丁") == Paths{"1", "1/(1)", "1/(2)", "2"});
  CHECK(paths_of("1. 甲\n\n   （1）乙\n\n2. 丁\n   1. 戊\n\n      (1) 己\n") ==
        Paths{"1", "1/(1)", "2", "2/1", "2/1/(1)"});
}

TEST_CASE("all spellings of a label give one path", "[markup]") {
  for (const char* text : {"（三）甲", "(三) 甲", "（三)甲", "( 三 ) 甲", "㈢甲", "**（三）甲**"}) {
    INFO(text);
    CHECK(paths_of(text) == Paths{"(三)"});
  }
  for (const char* text : {"（１２）甲", "(12) 甲", "⑿甲"}) {
    INFO(text);
    CHECK(paths_of(text) == Paths{"(12)"});
  }
  for (const char* text : {"6、甲", "６．甲", "6. 甲", "6) 甲", "06、甲", "⒍甲"}) {
    INFO(text);
    CHECK(paths_of(text) == Paths{"6"});
  }
  CHECK(paths_of("十二、甲\n\n拾壹、乙") == Paths{"十二", "拾壹"});
}

TEST_CASE("an ordinary sentence is not a clause", "[markup]") {
  for (const char* text :
       {"一般人員應妥善保管電腦。", "一、二樓之機房由專人管理。", "（一）至（三）款之規定。",
        "(104)環署資字第 1 號", "3.5 版", "104.9.1 修訂", "1、2 月份之報表。", "附件：如後附表。",
        "（如圖）", "十二生肖", "2026、本年度", "> 一、引用他法"}) {
    INFO(text);
    CHECK(paths_of(text) == Paths{""});
  }
}

TEST_CASE("a heading without a label ends the clauses of its level", "[markup]") {
  const auto all = clauses(parse_markdown(
      "## 壹、甲\n\n### 一、乙\n\n（一）丙\n\n### 說明\n\n屬於壹。\n\n## 附記\n\n不屬任何條。"));
  CHECK(clause_at(all, "壹").text == "甲\n說明\n屬於壹。");
  CHECK(all.front().path.empty());
  CHECK(all.front().text == "附記\n不屬任何條。");
}

TEST_CASE("two paths never share an anchor", "[markup]") {
  CHECK(clause_anchor("肆/八/(三)/6") == "c-肆-八-三-6");
  CHECK(clause_anchor("肆/五/(六)/1~2") == "c-肆-五-六-1~2");
  const std::vector<std::string> like = {
      "肆/五/(五)/(1)", "肆/五/(五)/1", "肆/五/(五)/1/1", "肆/五/(五)/1/(1)", "肆/三",
      "肆/(三)",        "三",           "(三)",           "1/(一)",           "1/一",
      "附件1",          "附件1/1"};
  std::set<std::string> anchors;
  for (const auto& path : like) anchors.insert(clause_anchor(path));
  CHECK(anchors.size() == like.size());
}
