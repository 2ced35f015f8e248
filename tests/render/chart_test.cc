// Charts: what is drawn for a value, what is printed beside it, and where pages end.
#include "render/chart.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <numeric>

#include "render/chart_panel.h"
#include "render/columns.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;

namespace {

constexpr float kRight = render::style::text_width;

const std::string kIntrusions =
    "title: 網路入侵成功事件\nunit: 次\ntarget: 5\ncomparison: \"<=\"\nbars:\n"
    "  - {label: 113 年, value: 2, met: true}\n  - {label: 114 年, value: 4, met: true}\n"
    "  - {label: 115 年, value: 6, met: false}\n";

const std::string kAvailability =
    "title: 網路可用率\nunit: \"%\"\ntarget: 98\ncomparison: \">=\"\nbars:\n"
    "  - {label: 114 年, value: 97.6, met: false}\n  - {label: 115 年, value: 98.7, met: true}\n";

std::string fenced(const std::string& yaml) { return "```chart\n" + yaml + "```\n"; }

std::string panels(int count) {
  std::string yaml = "title: 九項量測指標\ncharts:\n";
  for (int i = 1; i <= count; ++i) {
    yaml += fmt::format(
        "  - {{label: {0}, title: 指標{0}甲, unit: 次, target: 5, comparison: \"<=\", bars: "
        "[{{label: 115 年, value: {0}, met: true}}]}}\n",
        i);
  }
  return yaml;
}

// All ink of a chart, its pieces one below the other.
render::Ink ink_of(const std::string& yaml, float x = 0) {
  render::Fonts fonts(render::standard_fonts());
  render::Structure structure;
  render::Typesetter typesetter(fonts, structure);
  const auto block = render::read_chart(yaml);
  REQUIRE(block);
  render::Ink ink;
  float y = 0;
  for (const auto& piece : render::chart_pieces(*block, x, kRight, typesetter)) {
    ink.add(piece.ink, 0, y);
    y += piece.height;
  }
  return ink;
}

// Bars of the panels: fills but the first ones, which are the legend's.
std::vector<render::Fill> bars_of(const render::Ink& ink, size_t legend) {
  return {ink.fills.begin() + static_cast<std::ptrdiff_t>(legend), ink.fills.end()};
}

// The upright vermilion rule longer than the legend's.
render::Rule target_line(const render::Ink& ink) {
  for (const auto& rule : ink.rules) {
    if (rule.x1 == rule.x2 && rule.y2 - rule.y1 > 20 && rule.colour == render::style::vermilion)
      return rule;
  }
  FAIL("no target line");
  return {};
}

}  // namespace

TEST_CASE("a chart reads out as title, target, and label, value and mark of each bar",
          "[render][chart]") {
  const auto text = body_of(rendered(fenced(kIntrusions)));
  CHECK(text.find("網路入侵成功事件目標≤5次113年2114年4115年6未達") != std::string::npos);
  CHECK(text.find("達成未達目標值") != std::string::npos);  // the legend
}

TEST_CASE("bars are as long as their values, and the target line stands at the target",
          "[render][chart]") {
  const auto ink = ink_of(kIntrusions);
  const auto bars = bars_of(ink, 1);
  REQUIRE(bars.size() == 2);  // the third is missed: hatched, not filled
  CHECK(bars[1].width == Approx(2 * bars[0].width));
  CHECK(bars[0].x == bars[1].x);
  CHECK(target_line(ink).x1 - bars[0].x == Approx(bars[0].width * 2.5));
}

TEST_CASE("a missed bar is hatched and marked, so that no colour is needed", "[render][chart]") {
  auto all_met = kIntrusions;
  all_met.replace(all_met.find("met: false"), 10, "met: true");
  const auto missed = ink_of(kIntrusions), met = ink_of(all_met);
  CHECK(missed.rules.size() > met.rules.size() + 40);
  CHECK(met.fills.size() == 4);  // legend and three bars
  CHECK(body_of(rendered(fenced(all_met))).find("未達") == std::string::npos);
}

TEST_CASE("an axis that does not begin at 0 says so", "[render][chart]") {
  CHECK(body_of(rendered(fenced(kAvailability))).find("橫軸自96%起") != std::string::npos);
  CHECK(body_of(rendered(fenced(kIntrusions))).find("橫軸") == std::string::npos);
  const auto bars = bars_of(ink_of(kAvailability), 1);
  REQUIRE(bars.size() == 1);
  const auto line = target_line(ink_of(kAvailability));
  CHECK((line.x1 - bars[0].x) / bars[0].width == Approx((98 - 96) / (98.7 - 96)));
}

TEST_CASE("what was not measured is a dash without a bar, and 0 is 0", "[render][chart]") {
  const std::string yaml =
      "title: 甲\ntarget: 3\ncomparison: \"<=\"\nbars: [{label: 114 年, value: null}, "
      "{label: 115 年, value: 0, met: true}]\n";
  CHECK(bars_of(ink_of(yaml), 1).empty());
  CHECK(body_of(rendered(fenced(yaml))).find("114年—115年0") != std::string::npos);
}

TEST_CASE("nine panels stand three beside each other and stay on one page wherever they begin",
          "[render][chart]") {
  for (int lines = 0; lines <= 44; lines += 4) {
    std::string markdown;
    for (int i = 0; i < lines; ++i) markdown += "前文。\n\n";
    const auto pages = page_bodies(rendered(markdown + fenced(panels(9)) + "\n後文。\n"));
    INFO(lines);
    size_t with_chart = 0;
    for (const auto& page : pages) {
      if (page.find("甲") == std::string::npos) continue;
      ++with_chart;
      CHECK(count_of(page, "甲") == 9);
      CHECK(page.find("九項量測指標") != std::string::npos);
    }
    CHECK(with_chart == 1);
  }
}

TEST_CASE("a chart taller than a page is cut between rows of panels and loses nothing",
          "[render][chart]") {
  const auto pdf = rendered(fenced(panels(90)));
  CHECK(page_bodies(pdf).size() > 2);
  const auto text = body_of(pdf);
  CHECK(count_of(text, "甲") == 90);
  CHECK(count_of(text, "目標≤5次") == 90);
}

TEST_CASE("nothing of a chart leaves its measure, whatever its words and numbers",
          "[render][chart]") {
  const std::string yaml =
      "title: "
      "一個非常長的標題，長到一行放不下，必須折到第二行甚至第三行去，因為機關的公文總是這樣寫\n"
      "charts:\n  - {title: Availability-of-Networks-And-Systems-Without-A-Blank-In-It, unit: "
      "個工作小時, target: 0.1234567890123, comparison: \">=\", bars: [{label: "
      "民國一百一十五年上半年度第一季, value: 123456789.125, met: false}]}\n"
      "  - {title: 乙, bars: [{label: 甲, value: 1}]}\n  - {title: 丙, bars: [{label: 甲, value: "
      "1}]}\n";
  for (const float x : {0.0F, 150.0F, 260.0F}) {
    const auto ink = ink_of(yaml, x);
    for (const auto& fill : ink.fills) {
      CHECK(fill.x >= x - 0.1F);
      CHECK(fill.x + fill.width <= kRight + 0.1F);
    }
    for (const auto& rule : ink.rules) {
      CHECK(std::min(rule.x1, rule.x2) >= x - 0.1F);
      CHECK(std::max(rule.x1, rule.x2) <= kRight + 0.1F);
    }
    for (const auto& text : ink.texts) {
      CHECK(text.x >= x - 0.1F);
      CHECK(text.x < kRight);
    }
  }
}

TEST_CASE("what is not a chart is printed as the text it is", "[render][chart]") {
  for (const std::string yaml :
       {"bars:\n", "title: 無\n", "- 1\n", "{[\n", "title: 甲\nbars: []\n",
        "bars: [{label: 甲, value: 多}]\n", "bars: [{label: 甲, value: -1}]\n",
        "bars: [{label: 甲, value: .inf}]\n", "bars: [{label: [甲], value: 1}]\n", "bars: [甲]\n",
        "charts: 甲\n", "charts: [甲]\n",
        "target: 5\ncomparison: \"=\"\nbars: [{label: 甲, value: 1}]\n",
        "bars: [{label: 甲, value: 1, met: 也許}]\n"}) {
    INFO(yaml);
    CHECK_FALSE(render::read_chart(yaml));
    CHECK(body_of(rendered(fenced(yaml))).find(without_space(yaml)) != std::string::npos);
  }
}

TEST_CASE("a chart is the same bytes each time, and a sound file", "[render][chart]") {
  const auto pdf = rendered(fenced(kIntrusions) + "\n" + fenced(kAvailability));
  CHECK(rendered(fenced(kIntrusions) + "\n" + fenced(kAvailability)) == pdf);
  const TemporaryFile file(pdf);
  CHECK(output_of("qpdf --check " + file.path()).find("No syntax or stream encoding errors") !=
        std::string::npos);
}

TEST_CASE("panels whose words leave no room for bars stand two beside each other",
          "[render][chart]") {
  const std::string wide =
      "charts:\n  - {title: 甲, bars: [{label: 民國一百一十五年上半年, value: 123456789.125, met: "
      "false}]}\n  - {title: 乙, bars: [{label: 甲, value: 1}]}\n"
      "  - {title: 丙, bars: [{label: 甲, value: 1}]}\n";
  const auto ink = ink_of(wide);
  REQUIRE(ink.fills.size() == 2);
  CHECK(ink.fills[1].x < ink.fills[0].x);
  CHECK(ink.fills[1].y > ink.fills[0].y);
}

TEST_CASE("a column has room for its longest word, also beside columns of digests",
          "[render][table]") {
  const std::vector<float> cells = {115, 100, 170, 150, 380};
  const std::vector<float> words = {76, 20, 70, 150, 380};
  CHECK(render::column_widths({cells, cells}, 465, 12, words).front() >= 76);
  // Nine columns: more than an equal share each.
  const auto nine = render::column_widths({{30, 200, 46, 34, 34, 34, 31, 31, 400}}, 465, 12,
                                          {20, 20, 46, 34, 34, 34, 31, 31, 90});
  CHECK(nine.back() >= 90);
  CHECK(std::accumulate(nine.begin(), nine.end(), 0.0F) == Approx(465));
}
