// Fenced blocks `chart`: measured values against their targets, drawn as bars.
//
// Shape    YAML: title, unit, target, comparison ("<=" or ">="), bars [{label, value, met}]; or title and charts, a list of
//          such maps, drawn as small panels side by side. value null: nothing was measured. met absent: not judged.
// Rules    A chart stays on one page unless it is taller than a page; then it is cut between rows of panels. Met is a full
//          bar, missed a hatched one with the words 未達: no colour is needed. An axis that does not begin at 0 says so.
// Units    Points.
// Source   docs-src/formats/rendition.md; story S7.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "render/pieces.h"

namespace vermilion::render {

struct Bar {
  std::string label;  // 115 年
  std::optional<double> value;
  std::optional<bool> met;
};

struct Chart {
  std::string label;  // before the title, which hangs from it: 2
  std::string title;
  std::string unit;
  std::optional<double> target;
  std::string comparison;
  std::vector<Bar> bars;
};

struct ChartBlock {
  std::string title;  // over the panels; "" for a single chart
  std::vector<Chart> panels;
};

// The charts a YAML text describes; nothing if it is not such a text. Values are 0 or more, bars at most 40.
[[nodiscard]] std::optional<ChartBlock> read_chart(const std::string& yaml);

// The pieces of a chart between x and `right`.
[[nodiscard]] std::vector<Piece> chart_pieces(const ChartBlock& block, float x, float right,
                                              Typesetter& typesetter);

}  // namespace vermilion::render
