// Indicators as the regulation states them, and values held against them.
#include "duties/indicators.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/shared.h"

using namespace vermilion;

namespace {

std::vector<duties::Indicator> of_starter(const std::string& name) {
  return duties::indicators_in(markup::parse_markdown(
      file_bytes(std::filesystem::path(VERMILION_SOURCE_DIR) / "docs-src" / "isms" / name)));
}

std::string with_block(const std::string& yaml) {
  return "---\nid: ISMS-01-002\n---\n\n## 壹、總則\n\n一、指標如下：\n\n```indicator\n" + yaml +
         "```\n";
}

// The refusal's words, or "taken".
std::string refusal(const std::string& yaml) {
  try {
    (void)duties::indicators_in(markup::parse_markdown(with_block(yaml)));
  } catch (const Error& error) {
    CHECK(error.code() == "bad-indicator");
    return error.said().zh;
  }
  return "taken";
}

const std::string kGood =
    "id: IND-2\nname: 網路入侵成功事件\ntarget: {operator: \"<=\", value: 5, unit: 次}\nevery: "
    "yearly\n"
    "source: [入侵偵測系統, 機房日誌]\n";

std::string changed(const std::string& from, const std::string& to) {
  auto yaml = kGood;
  return yaml.replace(yaml.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("both versions of the regulation state nine indicators", "[duties]") {
  for (const char* name : {"ISMS-01-002.md", "ISMS-01-002-1.1.md"}) {
    const auto all = of_starter(name);
    INFO(name);
    REQUIRE(all.size() == 9);
    for (size_t i = 0; i < all.size(); ++i) CHECK(all[i].number == static_cast<int>(i) + 1);
    CHECK(all[1].name == "網路入侵成功事件");
    CHECK(all[1].clause == "壹/五/(二)/2");
    CHECK(all[1].comparison == "<=");
    CHECK(all[1].target == 5);
    CHECK(all[1].unit == "次");
    CHECK(all[1].sources == std::vector<std::string>{"入侵偵測系統", "機房值勤檢查表", "機房日誌"});
    CHECK(all[8].comparison == ">=");
    CHECK(all[8].unit == "%");
  }
}

TEST_CASE("a target is met at its very value and missed beyond it", "[duties]") {
  const auto all = of_starter("ISMS-01-002.md");
  CHECK(duties::met(all[1], 5));
  CHECK_FALSE(duties::met(all[1], 6));
  CHECK(duties::met(all[8], 98));
  CHECK(duties::met(all[8], 98.7));
  CHECK_FALSE(duties::met(all[8], 97.99));
}

TEST_CASE("a bad indicator is refused, naming document and line", "[duties]") {
  CHECK(refusal(kGood) == "taken");
  for (const auto& yaml :
       {changed("IND-2", "IND"), changed("IND-2", "IND-0"), changed("name", "title"),
        changed("\"<=\"", "\"<\""), changed("value: 5", "value: 五"),
        changed("value: 5", "value: .inf"), changed("unit: 次", "unit: \"\""),
        changed("target", "goal"), std::string("- IND-2\n"), std::string("id: [IND-2\n"),
        changed("[入侵偵測系統, 機房日誌]", "{甲: 乙}")}) {
    INFO(yaml);
    CHECK(refusal(yaml).find("ISMS-01-002 第 9 行") == 0);
  }
  CHECK(refusal(changed("value: 5, ", "")).find("第 12 行：缺少「value」") != std::string::npos);
  CHECK(refusal(changed("[入侵偵測系統, 機房日誌]", "入侵偵測系統")) == "taken");
}

TEST_CASE("two indicators of one number are refused", "[duties]") {
  CHECK(refusal(kGood + "```\n\n```indicator\n" + kGood).find("IND-2 重複") != std::string::npos);
}

TEST_CASE("measured values come from the annual report in the order of their numbers", "[duties]") {
  const auto values =
      parse_json(R"({"year":115,"indicators":[{"no":9,"value":98.7,"evidence":["網路監控年報"]},)"
                 R"({"no":2,"value":6,"evidence":["IDS-115-0007"],"analysis":"機房日誌 3 件"}]})");
  const auto measured = duties::measured_in(values);
  REQUIRE(measured.size() == 2);
  CHECK(measured[0].number == 2);
  CHECK(measured[0].analysis == "機房日誌 3 件");
  CHECK(measured[1].value == 98.7);
  CHECK(measured[1].evidence == std::vector<std::string>{"網路監控年報"});
}

TEST_CASE("a report with a row twice, without number or with words for a value is refused",
          "[duties]") {
  for (const char* rows : {R"([{"no":1,"value":0},{"no":1,"value":2}])", R"([{"value":0}])",
                           R"([{"no":1,"value":"零"}])", R"([{"no":1}])", R"([3])"}) {
    INFO(rows);
    const auto values = parse_json(std::string(R"({"year":115,"indicators":)") + rows + "}");
    CHECK_THROWS_AS(duties::measured_in(values), Error);
  }
}
