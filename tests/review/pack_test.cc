// The management review pack: its order, its figures, its gaps, its sameness.
#include "review/pack.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>

#include "evidence/revision.h"
#include "sources.h"

using namespace vermilion;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The gaps as "9.3.2 f 風險…", one line each.
std::string gaps_of(const review::PackSources& sources) {
  std::string text;
  for (const auto& gap : review::build_pack(sources).gaps)
    text += gap.item + " " + gap.title + "\n";
  return text;
}

review::PackSources complete() {
  auto sources = meeting::sources();
  sources.inputs.push_back(meeting::input(
      6, "risk-treatment", "高風險 2 項已處理，殘餘風險經風險擁有者接受", "風險評鑑報告"));
  return sources;
}

// The row of the main table that begins with the number, without marks of emphasis.
std::string row_of(const std::string& markdown, int number) {
  std::smatch found;
  const std::regex row("\n(\\| " + std::to_string(number) + " \\| [^|]+\\| [≤≥][^\n]+)");
  REQUIRE(std::regex_search(markdown, found, row));
  return std::regex_replace(found[1].str(), std::regex("\\*"), "");
}

// Removes what the record of `number` said about `no`.
void without_value(Json& values, int no) {
  auto& rows = values["indicators"];
  for (auto row = rows.begin(); row != rows.end(); ++row) {
    if ((*row)["no"] == no) {
      rows.erase(row);
      return;
    }
  }
}

Json& value_of(review::PackSources& sources, int no) {
  return sources.metrics.at(115).values["indicators"][static_cast<size_t>(no - 1)]["value"];
}

}  // namespace

TEST_CASE("the pack stands in the order of the agenda, gaps and sources last", "[review]") {
  const auto markdown = review::build_pack(meeting::sources()).markdown;
  size_t at = 0;
  for (const char* heading : {"# 115 年度管理審查會議資料\n",
                              "## 會議議程",
                              "## 出席簽到",
                              "## 壹、前次審查決議之辦理情形",
                              "## 貳、組織全景策略表",
                              "## 參、利害關係人之需求與期望",
                              "## 肆、政策與規範之年度評估",
                              "## 伍、量測指標",
                              "## 陸、不符合事項與矯正措施",
                              "## 柒、稽核結果",
                              "## 捌、資通安全事件",
                              "## 玖、利害關係人之回饋",
                              "## 拾、風險評鑑與風險處理計畫",
                              "## 拾壹、溝通計畫",
                              "## 拾貳、紀錄之銷毀",
                              "## 拾參、資源",
                              "## 拾肆、改善機會",
                              "## 拾伍、提請決議事項",
                              "## 附件一：缺漏事項",
                              "## 附件二：資料來源"}) {
    INFO(heading);
    at = markdown.find(heading, at);
    REQUIRE(at != std::string::npos);
  }
}

TEST_CASE("each indicator's row names target, three years, result, trend and source", "[review]") {
  const auto markdown = review::build_pack(meeting::sources()).markdown;
  const std::string source = " | MET-115-0001 1.0 版 |";
  CHECK(row_of(markdown, 1).ends_with("| ≤ 5 次 | 0 | 1 | 0 | 達成 | 改善" + source));
  CHECK(row_of(markdown, 2) ==
        "| 2 | 網路入侵成功事件 | ≤ 5 次 | 3 | 4 | 6 | 未達 | 惡化" + source);
  CHECK(row_of(markdown, 3).ends_with("| ≤ 3 次 | 0 | 0 | 0 | 達成 | 持平" + source));
  CHECK(row_of(markdown, 4).ends_with("| ≤ 5 次 | 4 | 3 | 2 | 達成 | 改善" + source));
  CHECK(row_of(markdown, 5).ends_with("| ≤ 5 次 | 2 | 1 | 1 | 達成 | 持平" + source));
  CHECK(row_of(markdown, 6).ends_with("| ≤ 5 次 | 1 | 0 | 0 | 達成 | 持平" + source));
  CHECK(row_of(markdown, 7).ends_with("| ≤ 3 件 | 0 | 0 | 0 | 達成 | 持平" + source));
  CHECK(row_of(markdown, 8).ends_with("| ≤ 5 次 | 0 | 0 | 1 | 達成 | 惡化" + source));
  CHECK(row_of(markdown, 9).ends_with("| ≥ 98 % | 97.6 | 98.2 | 98.7 | 達成 | 改善" + source));
  CHECK(has(markdown, "114 年：MET-114-0001 1.0 版〔匯入〕"));
  CHECK(has(markdown, "IDS-115-0002、機房值勤檢查表 115-07"));
}

TEST_CASE("without the year before there is no trend", "[review]") {
  auto sources = meeting::sources();
  sources.metrics.erase(114);
  CHECK(row_of(review::build_pack(sources).markdown, 2)
            .ends_with("| ≤ 5 次 | 3 | 6 | 未達 | — | MET-115-0001 1.0 版 |"));
}

TEST_CASE("the chart carries each value and whether it met its target", "[review]") {
  const auto markdown = review::build_pack(meeting::sources()).markdown;
  CHECK(has(markdown, "```chart\ntitle: 量測指標（113 年至 115 年）\ncharts:\n"));
  CHECK(has(markdown,
            "  - label: 2\n    title: \"網路入侵成功事件\"\n    unit: \"次\"\n    target: 5\n"
            "    comparison: \"<=\"\n    bars:\n      - {label: 113 年, value: 3, met: true}\n"
            "      - {label: 114 年, value: 4, met: true}\n      - {label: 115 年, value: 6, met: "
            "false}\n"));
}

TEST_CASE("the one input that is missing is the one gap, shown in three places", "[review]") {
  const auto pack = review::build_pack(meeting::sources());
  REQUIRE(pack.gaps.size() == 1);
  CHECK(pack.gaps[0].item == "9.3.2 f");
  CHECK(pack.gaps[0].title == "風險評鑑結果與風險處理計畫");
  CHECK(has(pack.gaps[0].what, "由資通安全工作組提供"));
  CHECK(has(pack.markdown, "| 拾 | 風險評鑑與風險處理計畫 | 9.3.2 f | **缺漏 1 項** |"));
  CHECK(has(pack.markdown, "> **〔缺漏　9.3.2 f〕風險評鑑結果與風險處理計畫**"));
  CHECK(has(pack.markdown, "| 9.3.2 f | 風險評鑑結果與風險處理計畫 | 沒有 115 年之審查輸入"));
}

TEST_CASE("a complete pack has no gaps and says so", "[review]") {
  const auto pack = review::build_pack(complete());
  CHECK(pack.gaps.empty());
  CHECK(has(pack.markdown, "| 完整性 | 各項資料均已備妥 |"));
  CHECK(has(pack.markdown, "各項資料均已備妥，沒有缺漏。"));
}

TEST_CASE("each input, left out alone, is named as a gap with its clause", "[review]") {
  const auto gaps_without = [](const std::function<void(review::PackSources&)>& leave_out) {
    auto sources = complete();
    leave_out(sources);
    return gaps_of(sources);
  };
  using S = review::PackSources;
  CHECK(gaps_without([](S& s) { s.last_minutes.reset(); }) == "9.3.2 a 前次審查決議之辦理情形\n");
  CHECK(gaps_without([](S& s) { s.context_tables.erase(115); }) ==
        "9.3.2 b 組織全景策略表\n9.3.2 c 利害關係人之需求與期望\n");
  CHECK(gaps_without([](S& s) {
          auto& rows = s.context_tables.at(115).values["rows"];
          rows.erase(rows.begin() + 2, rows.end());
        }) == "9.3.2 c 利害關係人之需求與期望\n");
  CHECK(gaps_without([](S& s) { s.metrics.erase(115); }) == "9.3.2 d 2 量測指標年報\n");
  CHECK(gaps_without([](S& s) { s.indicators.clear(); }) == "9.3.2 d 2 量測指標\n");
  CHECK(gaps_without([](S& s) { s.communication_plans.erase(115); }) == "7.4 溝通計畫\n");
  CHECK(gaps_without([](S& s) { s.corrective_actions.clear(); }) ==
        "9.3.2 d 1 指標 2 之矯正措施\n");
  const std::map<std::string, std::string> items = {
      {"audit-results", "9.3.2 d 3 稽核結果\n"},
      {"incidents", "9.3.2 d 1 資通安全事件\n"},
      {"interested-party-feedback", "9.3.2 e 利害關係人之回饋\n"},
      {"risk-treatment", "9.3.2 f 風險評鑑結果與風險處理計畫\n"},
      {"resources", "7.1 資源\n"},
      {"improvement", "9.3.2 g 改善機會\n"}};
  for (const auto& [item, gap] : items) {
    INFO(item);
    CHECK(gaps_without([&](S& s) {
            std::erase_if(s.inputs, [&](const auto& one) { return one.values["item"] == item; });
          }) == gap);
  }
}

TEST_CASE("a report with eight values names the ninth", "[review]") {
  auto sources = complete();
  without_value(sources.metrics.at(115).values, 7);
  const auto pack = review::build_pack(sources);
  REQUIRE(pack.gaps.size() == 1);
  CHECK(has(pack.gaps[0].what, "缺指標 7 之數值"));
  CHECK(has(row_of(pack.markdown, 7), "| 0 | 0 | — | 缺 | — |"));
}

TEST_CASE("no corrective action is no gap when every target is met", "[review]") {
  auto sources = complete();
  sources.corrective_actions.clear();
  value_of(sources, 2) = 5;
  CHECK(gaps_of(sources) == "");
}

TEST_CASE("a corrective action answers the indicator it names, by number, word, clause or report",
          "[review]") {
  const auto answered = [](const std::function<void(review::PackSources&)>& change) {
    auto sources = complete();
    auto& values = sources.corrective_actions[0].values;
    values["nonconformity"] = "對外主機遭植入木馬";
    values["clause"] = "肆/八";
    change(sources);
    return gaps_of(sources).empty();
  };
  using S = review::PackSources;
  const auto saying = [](const std::string& words) {
    return [words](S& s) { s.corrective_actions[0].values["nonconformity"] = words; };
  };
  CHECK_FALSE(answered([](S&) {}));
  CHECK(answered(saying("IND-2 未達")));
  CHECK(answered(saying("指標 2 未達")));
  CHECK(answered(saying("指標二逾目標值")));
  CHECK_FALSE(answered(saying("IND-21 未達")));
  CHECK_FALSE(answered(saying("指標 20 未達")));
  CHECK_FALSE(answered(saying("指標二十未達")));
  CHECK(answered([](S& s) { s.corrective_actions[0].values["clause"] = "壹/五/(二)/2"; }));
  CHECK(answered([](S& s) { s.metrics.at(115).values["corrective_actions"] = {"CAR-115-0001"}; }));
  // With two missed, a list of numbers does not say which answers which.
  CHECK_FALSE(answered([](S& s) {
    s.metrics.at(115).values["corrective_actions"] = {"CAR-115-0001"};
    value_of(s, 8) = 9;
  }));
  // Last year's action does not answer this year's miss.
  CHECK_FALSE(answered([](S& s) {
    s.corrective_actions[0].values["nonconformity"] = "IND-2 未達";
    s.corrective_actions[0].date = parse_date("2025-12-20");
  }));
}

TEST_CASE("records the asker may not open are gaps by their numbers", "[review]") {
  auto sources = complete();
  sources.withheld = {"CAR-115-0009", "CAR-115-0002"};
  CHECK(gaps_of(sources) == "7.5.3 紀錄 CAR-115-0002\n7.5.3 紀錄 CAR-115-0009\n");
}

TEST_CASE("the tables say row by row what changed since the year before", "[review]") {
  auto sources = meeting::sources();
  auto& rows = sources.context_tables.at(115).values["rows"];
  rows.push_back({{"group", "利害關係人"},
                  {"aspect", "5. 媒體"},
                  {"description", "即時資訊"},
                  {"strategy", "新聞稿"}});
  rows.erase(rows.begin() + 4);  // 3. 供應商
  const auto markdown = review::build_pack(sources).markdown;
  CHECK(has(markdown, "| 1. 主管機關 | 配合資通安全管理法及行政院資訊安全規範辦理 | 修訂 |"));
  CHECK(has(markdown, "| 4. 民眾 | 提供有友善及穩定之資訊平台 | 無變更 |"));
  CHECK(has(markdown, "| 5. 媒體 | 即時資訊 | 新增 |"));
  CHECK(has(markdown, "| 3. 供應商 | 依合約要求執行作業。 | 刪除 |"));
  CHECK(has(markdown,
            "| 1. 主管機關 | 說明 | 配合行政院資訊安全規範辦理 | 配合資通安全管理法及行政院"));
  CHECK(
      has(markdown, "| 資安事件通報 | 溝通對象 | 行政院國家資通安全會報 | 數位發展部資通安全署 |"));
}

TEST_CASE("decisions and actions past their day are marked, finished ones are not", "[review]") {
  const auto markdown = review::build_pack(meeting::sources()).markdown;
  CHECK(has(markdown, "| 秘書室 | 2026-09-30 | 進行中（逾期） |"));
  CHECK(has(markdown, "| 監資處 | 2026-06-30 | 完成 |"));
  CHECK(has(markdown, "| 監資處 | 2027-06-30 | 未開始 |"));
}

TEST_CASE("a finished corrective action stands apart from the open ones", "[review]") {
  auto sources = meeting::sources();
  sources.corrective_actions[0].values["status"] = "已完成";
  const auto markdown = review::build_pack(sources).markdown;
  CHECK(has(markdown, "處理中之矯正措施：無。"));
  CHECK(has(markdown, "115 年度以後提報且已完成者如下："));
}

TEST_CASE(
    "an access review that nobody approved in time is a gap, one approved is told with its day",
    "[review]") {
  auto sources = complete();
  sources.access_reviews = {
      {"01JD9V3K5W8Q2M4N6P7R9S1T0V", "115年上半年", "2026-07-31", "", "sha256:list", 42, 3}};
  auto pack = review::build_pack(sources);
  CHECK(has(pack.markdown, "| 115年上半年 | 42 | 3 | 2026-07-31 | 未核准（逾期） |"));
  CHECK(has(pack.markdown, "sha256:list"));
  CHECK(gaps_of(sources) == "9.3.2 d 1 存取權限審查\n");
  sources.access_reviews[0].approved = "2026-07-20";
  CHECK(gaps_of(sources).empty());
  CHECK(has(review::build_pack(sources).markdown, "| 2026-07-31 | 2026-07-20 |"));
}

TEST_CASE("documents changed and records destroyed are listed with their digests", "[review]") {
  const auto sources = meeting::sources();
  const auto markdown = review::build_pack(sources).markdown;
  CHECK(has(markdown, "| ISMS-01-002 | 資訊安全管理規範 | 1.1 | 1.0 | 2026-12-01 |"));
  CHECK(
      has(markdown, "| D-115-0001 | 2026-11-25 | 3 | NDA-104-0001、NDA-104-0002、ROOM-110-0031 |"));
  CHECK(has(markdown, sources.documents[0].content));
  CHECK(has(markdown, sources.destroyed[0].certificate));
}

TEST_CASE("every record drawn on is pinned once by number, id, form, version and digest",
          "[review]") {
  const auto sources = meeting::sources();
  const auto pack = review::build_pack(sources);
  CHECK(pack.sources.size() == 14);
  std::set<std::string> numbers;
  for (const auto& source : pack.sources) {
    CHECK(source.size() == 5);
    CHECK(has(pack.markdown, source["digest"].get<std::string>()));
    CHECK(has(pack.markdown, source["id"].get<std::string>()));
    numbers.insert(source["number"].get<std::string>());
  }
  CHECK(numbers.size() == pack.sources.size());
  CHECK(has(pack.markdown, "| MET-114-0001〔匯入〕 |"));
  CHECK_FALSE(has(pack.markdown, "| MET-115-0001〔匯入〕 |"));
}

TEST_CASE("the same sources give the same bytes in whatever order they come", "[review]") {
  const auto pack = review::build_pack(complete());
  auto sources = complete();
  std::reverse(sources.inputs.begin(), sources.inputs.end());
  std::reverse(sources.documents.begin(), sources.documents.end());
  const auto again = review::build_pack(sources);
  CHECK(again.markdown == pack.markdown);
  CHECK(again.digest == pack.digest);
  CHECK(canonical(again.sources) == canonical(pack.sources));
  CHECK(pack.digest == evidence::content_digest(pack.markdown));
}

TEST_CASE("one figure changed is another digest", "[review]") {
  auto sources = complete();
  value_of(sources, 5) = 2;
  CHECK(review::build_pack(sources).digest != review::build_pack(complete()).digest);
}

TEST_CASE("an agency without any record still gets a pack, made of gaps", "[review]") {
  review::PackSources sources;
  sources.year = 115;
  const auto pack = review::build_pack(sources);
  CHECK(pack.gaps.size() == 11);
  CHECK(pack.sources == Json::array());
  CHECK_NOTHROW(markup::parse_markdown(pack.markdown));
}
