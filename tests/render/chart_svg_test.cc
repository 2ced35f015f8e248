// Charts as SVG: the words of the PDF, nothing that a strict policy refuses.
#include "render/chart_svg.h"

#include <catch2/catch.hpp>

#include "render/svg.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;

namespace {

const std::string kOneLine =
    "kind: line\ntitle: 網路年平均可用率\nunit: \"%\"\ntarget: 98\ncomparison: \">=\"\npoints:\n"
    "  - {label: 113 年, value: 97.6, met: false}\n  - {label: 115 年, value: 98.7, met: true}\n";

std::string svg_of(const std::string& yaml, float width = 440) {
  const auto block = render::read_chart(yaml);
  REQUIRE(block);
  return render::chart_svg(*block, width);
}

// What xmllint finds, on a line of its own each.
std::string found_in(const std::string& svg, const std::string& path) {
  const TemporaryFile file(svg, ".svg");
  return output_of("xmllint --xpath '" + path + "' " + file.path() + " 2>&1");
}

std::string named(const std::string& element) { return "//*[local-name()=\"" + element + "\"]"; }

}  // namespace

TEST_CASE("a chart's SVG is well-formed and names and describes itself in Chinese",
          "[render][chart][svg]") {
  const auto svg = svg_of(kOneLine);
  CHECK(found_in(svg, "string(" + named("title") + ")") == "網路年平均可用率\n");
  CHECK(found_in(svg, "string(" + named("desc") + ")") ==
        "網路年平均可用率；目標 ≥ 98 %；113 年 97.6 %（未達）；115 年 98.7 %（達成）。\n");
  CHECK(found_in(svg, "string(/*/@lang)") == "zh-Hant-TW\n");
  CHECK(found_in(svg, "string(/*/@role)") == "img\n");
  CHECK(found_in(svg, "string(/*/@font-family)").find("sans-serif") != std::string::npos);
}

TEST_CASE("words in an SVG are text, and shapes are those of the PDF", "[render][chart][svg]") {
  const auto svg = svg_of(kOneLine);
  const auto words = without_space(found_in(svg, named("text") + "/text()"));
  for (const char* expected : {"網路年平均可用率", "目標", "97.6", "未達", "115年", "縱軸自"}) {
    INFO(expected << words);
    CHECK(words.find(expected) != std::string::npos);
  }
  CHECK(found_in(svg, "count(" + named("rect") + ")") == "2\n");  // 達成 in the legend and 115
}

TEST_CASE("an SVG has no style, script, reference or handler", "[render][chart][svg]") {
  for (const auto& svg :
       {svg_of(kOneLine),
        svg_of("title: <script>alert(1)</script>\nunit: '\"><a href=\"//x\">'\nbars: [{label: "
               "\"&amp;\\x01<b onload='1'>\", value: 1, met: false}]\n"),
        svg_of("kind: status\nitems: [{name: '<style>*{}</style>', status: met}]\n")}) {
    CHECK(found_in(svg,
                   "count(//@*[starts-with(name(), \"on\") or name()=\"style\" or "
                   "contains(name(), \"href\") or name()=\"id\"])") == "0\n");
    CHECK(found_in(svg,
                   "count(//*[not(local-name()=\"svg\" or local-name()=\"title\" or "
                   "local-name()=\"desc\" or local-name()=\"rect\" or local-name()=\"line\" "
                   "or local-name()=\"text\")])") == "0\n");
    CHECK(svg.find("url(") == std::string::npos);
  }
}

TEST_CASE("nothing of an SVG leaves its view box, and it is the same bytes each time",
          "[render][chart][svg]") {
  for (const float width : {440.0F, 204.0F}) {
    const auto svg = svg_of(kOneLine, width);
    CHECK(svg_of(kOneLine, width) == svg);
    CHECK(svg_of(kOneLine, width) == svg);
    const auto size = std::to_string(static_cast<int>(width));
    for (const char* edge : {"x2", "x1"}) {
      CHECK(found_in(svg, "count(//@" + std::string(edge) + "[. > " + size + "])") == "0\n");
    }
    const auto height = found_in(svg, "substring-after(/*/@viewBox, \"0 0 " + size + " \")");
    CHECK(found_in(svg, "count(//@y[. > " + height.substr(0, height.size() - 1) + "])") == "0\n");
  }
}
