// Lines over time and tables of states: where points stand, what is said beside them, and how they read.
#include "render/chart_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "render/chart_axis.h"
#include "render/chart_status.h"
#include "render/chart_words.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;

namespace {

constexpr float kEdge = render::style::text_width;

const std::string kAvailabilityLine =
    "kind: line\ntitle: 網路年平均可用率\nunit: \"%\"\ntarget: 98\ncomparison: \">=\"\npoints:\n"
    "  - {label: 112 年, value: 98.4, met: true}\n  - {label: 113 年, value: 97.6, met: false}\n"
    "  - {label: 114 年, value: null}\n  - {label: 115 年, value: 98.7, met: true}\n";

const std::string kRoom =
    "kind: line\ntitle: 機房溫度月平均\nunit: °C\nband: {from: 20, to: 24}\npoints:\n"
    "  - {label: 9 月, value: 25, met: false}\n  - {label: 10 月, value: 22, met: true}\n"
    "  - {label: 11 月, value: 21.5, met: true}\n";

const std::string kStates =
    "kind: status\ntitle: 九項量測指標\nitems:\n"
    "  - {label: 1, name: 機密或敏感資料庫遭竊, target: ≤ 5 次, value: 0 次, status: met, owner: "
    "監資處}\n"
    "  - {label: 2, name: 網路入侵成功事件, target: ≤ 5 次, value: 6 次, status: missed, owner: "
    "監資處, due: 2027-02-28}\n"
    "  - {label: 5, name: 機房電力中斷逾 30 分鐘, target: ≤ 5 次, value: 5 次, status: watch}\n"
    "  - {label: 9, name: 網路年平均可用率, target: ≥ 98 %, status: unmeasured}\n";

std::string in_fence(const std::string& yaml) { return "```chart\n" + yaml + "```\n"; }

render::Ink line_ink(const std::string& yaml, float width = kEdge) {
  render::Fonts fonts(render::standard_fonts());
  render::Structure structure;
  render::Typesetter typesetter(fonts, structure);
  const auto block = render::read_chart(yaml);
  REQUIRE(block);
  render::Ink ink;
  float y = 0;
  for (const auto& piece : render::chart_pieces(*block, 0, width, typesetter)) {
    ink.add(piece.ink, 0, y);
    y += piece.height;
  }
  return ink;
}

// The lines that join points: neither level nor upright, and not as short as the strokes of a cross.
std::vector<render::Rule> joins(const render::Ink& ink) {
  std::vector<render::Rule> found;
  for (const auto& rule : ink.rules) {
    if (rule.colour == render::style::quiet && rule.thickness == 1) found.push_back(rule);
  }
  return found;
}

size_t strokes_of_crosses(const render::Ink& ink) {
  return static_cast<size_t>(
      std::count_if(ink.rules.begin(), ink.rules.end(), [](const render::Rule& rule) {
        return rule.colour == render::style::vermilion && rule.x1 != rule.x2 && rule.y1 != rule.y2;
      }));
}

std::string months(int count, int missed_each) {
  std::string yaml =
      "kind: line\ntitle: 網路異常\nunit: 次\ntarget: 5\ncomparison: \"<=\"\npoints:\n";
  for (int i = 0; i < count; ++i) {
    const bool missed = missed_each > 0 && i % missed_each == 0;
    yaml += fmt::format("  - {{label: {}/{:02}, value: {}, met: {}}}\n", 111 + i / 12, i % 12 + 1,
                        missed ? 7 : i % 5, !missed);
  }
  return yaml;
}

render::Chart chart_of(const std::string& yaml) { return render::read_chart(yaml)->panels.front(); }

}  // namespace

TEST_CASE(
    "a line reads out as target, label, value and mark of each point, and what is not measured is "
    "a dash",
    "[render][chart]") {
  const auto text = body_of(rendered(in_fence(kAvailabilityLine)));
  CHECK(text.find("目標≥98%") != std::string::npos);
  CHECK(text.find("112年98.4113年97.6未達114年—115年98.7") != std::string::npos);
  CHECK(render::spoken(chart_of(kAvailabilityLine)) ==
        "網路年平均可用率；目標 ≥ 98 %；112 年 98.4 %（達成）；113 年 97.6 %（未達）；114 年 "
        "未量測；115 年 98.7 %（達成）");
}

TEST_CASE("a line has a gap where nothing was measured", "[render][chart]") {
  const auto gap = joins(line_ink(kAvailabilityLine));
  REQUIRE(gap.size() == 1);  // 112 to 113: nothing leads to or from 114
  auto measured = kAvailabilityLine;
  measured.replace(measured.find("null"), 4, "98.1");
  CHECK(joins(line_ink(measured)).size() == 3);
}

TEST_CASE("a missed point is a cross with the word, a met one a square", "[render][chart]") {
  const auto ink = line_ink(kAvailabilityLine);
  CHECK(strokes_of_crosses(ink) == 4);  // the legend's and that of 113
  CHECK(ink.fills.size() == 3);         // the legend's, 112 and 115
  CHECK(count_of(body_of(rendered(in_fence(kAvailabilityLine))), "未達") == 2);
}

TEST_CASE("points stand as high as their values within the band that is drawn", "[render][chart]") {
  const auto ink = line_ink(kRoom);
  REQUIRE(ink.fills.size() == 5);  // legend: met, band; then band, 22 and 21.5
  const auto& band = ink.fills[2];
  CHECK(band.colour == render::band_colour);
  const auto middle = [](const render::Fill& fill) { return fill.y + fill.height / 2; };
  CHECK(middle(ink.fills[3]) == Approx(band.y + band.height / 2));         // 22 of 20 to 24
  CHECK(middle(ink.fills[4]) == Approx(band.y + band.height * 2.5F / 4));  // 21.5
  CHECK(body_of(rendered(in_fence(kRoom))).find("目標20至24°C") != std::string::npos);
  CHECK(render::spoken(chart_of(kRoom)).find("目標 20 至 24 °C") != std::string::npos);
}

TEST_CASE("an axis has few ticks in round numbers, whole ones for whole values",
          "[render][chart]") {
  const auto ticks = [](const std::string& target, const std::vector<std::string>& values) {
    std::string yaml = "kind: line\n" + target + "points:\n";
    for (const auto& value : values) yaml += "  - {label: 甲, value: " + value + "}\n";
    const auto found = render::ticks_of(chart_of(yaml));
    std::string text;
    for (const double tick : found.values) text += render::tick_text(found, tick) + " ";
    return text;
  };
  CHECK(ticks("target: 5\n", {"2", "4", "6"}) == "0 2 4 6 ");
  CHECK(ticks("", {"1", "0"}) == "0 1 ");
  CHECK(ticks("target: 98\n", {"97.6", "98.7"}) == "97.0 97.5 98.0 98.5 99.0 ");
  CHECK(ticks("band: {from: 20, to: 24}\n", {"25", "21.5"}) == "18 20 22 24 26 ");
  CHECK(ticks("", {"0.3", "0.05"}) == "0.0 0.1 0.2 0.3 ");
  CHECK(ticks("", {"null"}) == "0 1 ");
  CHECK(ticks("", {"0"}) == "0 1 ");
  CHECK(ticks("", {"5", "5"}) == "4 5 ");
  CHECK(ticks("", {"1250", "300"}) == "0 500 1000 1500 ");
  for (const char* odd : {"1e-9", "0.000000123", "999999999999", "123456789.125"}) {
    INFO(odd);
    CHECK(ticks("", {odd, odd}).size() > 3);
    CHECK(ticks("target: 0\n", {odd}).size() > 3);
  }
}

TEST_CASE("an upright axis that does not begin at 0 says so", "[render][chart]") {
  CHECK(body_of(rendered(in_fence(kAvailabilityLine))).find("縱軸自97%起") != std::string::npos);
  CHECK(body_of(rendered(in_fence(months(12, 0)))).find("縱軸") == std::string::npos);
}

TEST_CASE(
    "points too close for words are named below when they are missed, and the last has its label",
    "[render][chart]") {
  const auto text = body_of(rendered(in_fence(months(60, 9))));
  CHECK(text.find("未達：111/017、111/107、112/077") != std::string::npos);
  CHECK(text.find("115/12") != std::string::npos);
  CHECK(body_of(rendered(in_fence(months(60, 2)))).find("等30點") != std::string::npos);
}

TEST_CASE("nothing of a line leaves its measure on paper or on a phone", "[render][chart]") {
  const std::string odd =
      "kind: line\ntitle: 一個非常長的標題長到一行放不下必須折到第二行去\nunit: "
      "個工作小時\ntarget: 999999999999\ncomparison: \"<=\"\npoints: [{label: "
      "民國一百一十五年上半年度第一季, value: 123456789.125, met: false}, {label: "
      "民國一百一十五年上半年度第二季, value: 999999999999, met: true}]\n";
  for (const float width : {kEdge, 204.0F, 130.0F}) {
    for (const auto& yaml : {odd, kAvailabilityLine, kRoom, months(60, 2)}) {
      INFO(width << yaml.substr(0, 60));
      const auto ink = line_ink(yaml, width);
      for (const auto& rule : ink.rules) {
        CHECK(std::min(rule.x1, rule.x2) >= -0.1F);
        CHECK(std::max(rule.x1, rule.x2) <= width + 0.1F);
      }
      for (const auto& fill : ink.fills) CHECK(fill.x + fill.width <= width + 0.1F);
      for (const auto& text : ink.texts) {
        CHECK(text.x >= -0.1F);
        CHECK(text.x < width);
      }
    }
  }
}

TEST_CASE("lines and bars stand side by side, each with its own marks in the legend",
          "[render][chart]") {
  const std::string both =
      "title: 指標\ncharts:\n  - {title: 甲, target: 5, comparison: \"<=\", bars: [{label: 115 年, "
      "value: 6, met: false}]}\n"
      "  - {kind: line, title: 乙, band: {from: 1, to: 3}, points: [{label: 115 年, value: 2, met: "
      "true}]}\n";
  const auto text = body_of(rendered(in_fence(both)));
  CHECK(text.find("未達達成目標值目標範圍") != std::string::npos);
}

TEST_CASE("a table of states says each state by mark and word, who answers and until when",
          "[render][chart]") {
  const auto text = body_of(rendered(in_fence(kStates)));
  CHECK(text.find("九項量測指標●達成1▲注意1×未達1○未量測1") != std::string::npos);
  CHECK(text.find("項次項目目標現況狀態負責期限") != std::string::npos);
  CHECK(text.find("2網路入侵成功事件≤5次6次×未達監資處2027-02-28") != std::string::npos);
  CHECK(text.find("9網路年平均可用率≥98%○未量測") != std::string::npos);
  const auto block = render::read_chart(kStates);
  CHECK(render::spoken(block->items[1]) ==
        "2 網路入侵成功事件；未達；目標 ≤ 5 次；現況 6 次；負責 監資處；期限 2027-02-28");
}

TEST_CASE("a table of states leaves out what no item says", "[render][chart]") {
  const auto text = body_of(
      rendered(in_fence("kind: status\ntitle: 決議\nitems: [{name: 修訂程序書, status: met}]\n")));
  CHECK(text.find("項目狀態修訂程序書●達成") != std::string::npos);
}

TEST_CASE("what is no line and no table of states is printed as the text it is",
          "[render][chart]") {
  std::string many = "kind: line\npoints:\n";
  for (int i = 0; i < 61; ++i) many += "  - {label: 甲, value: 1}\n";
  for (const std::string& yaml : std::vector<std::string>{
           "kind: pie\nbars: [{label: 甲, value: 1}]\n",
           "kind: line\nbars: [{label: 甲, value: 1}]\n",
           "kind: [line]\npoints: [{label: 甲, value: 1}]\n", "kind: line\npoints: []\n",
           "kind: line\nband: {from: 5, to: 1}\npoints: [{label: 甲, value: 1}]\n",
           "kind: line\nband: 5\npoints: [{label: 甲, value: 1}]\n",
           "kind: line\nband: {from: 1}\npoints: [{label: 甲, value: 1}]\n",
           "kind: line\ntarget: 1\nband: {from: 1, to: 2}\npoints: [{label: 甲, value: 1}]\n",
           "band: {from: 1, to: 2}\nbars: [{label: 甲, value: 1}]\n",
           "kind: line\npoints: [{label: 甲, value: .nan}]\n",
           "kind: line\npoints: [{label: 甲, value: 1e-300}]\n",
           "kind: line\ncharts: [{title: 甲, points: [{label: 甲, value: 1}]}]\n", "kind: status\n",
           "kind: status\nitems: []\n", "kind: status\nitems: [{name: 甲}]\n",
           "kind: status\nitems: [{name: 甲, status: 好}]\n",
           "kind: status\nitems: [{status: met}]\n",
           "kind: status\nitems: [{status: met, name: " + std::string(601, 'a') + "}]\n", many}) {
    INFO(yaml);
    CHECK_FALSE(render::read_chart(yaml));
  }
  CHECK(body_of(rendered(in_fence("kind: pie\n"))).find("kind:pie") != std::string::npos);
  CHECK_FALSE(render::read_chart("title: 甲\nbars: [{label: 甲, value: 1}]\n#" +
                                 std::string(256 << 10, ' ')));
}

TEST_CASE("lines and tables of states are the same bytes each time, and a sound file",
          "[render][chart]") {
  const auto all = in_fence(kAvailabilityLine) + "\n" + in_fence(kRoom) + "\n" + in_fence(kStates);
  const auto pdf = rendered(all);
  CHECK(rendered(all) == pdf);
  CHECK(rendered(all) == pdf);
  const TemporaryFile file(pdf);
  CHECK(output_of("qpdf --check " + file.path()).find("No syntax or stream encoding errors") !=
        std::string::npos);
}
