// One panel of bars: title, target line, a bar for each value. A line's panel is chart_line.h.
//
// Shape    Each row is label, bar, value, mark, from left to right, and is read out in that order. The axis begins at 0, or
//          shortly below the values where all of them lie near a target to be reached: then bars are slit and a note says where.
// Units    Points; y grows down from the top of the panel.
#pragma once
#include <algorithm>

#include "render/chart.h"

namespace vermilion::render {

// What the panels of one block share, so that their columns stand in line.
struct PanelMeasure {
  float width = 0;
  float labels = 0;  // width of the column of labels (of a line: of the axis), gaps included
  float values = 0;  // of the values
  float marks = 0;   // of the words 未達; 0 if no bar needs them
  float bar_height = 7;
  float row_height = 13;

  // What is left for the bars.
  [[nodiscard]] float plot() const { return std::max(8.0F, width - labels - values - marks); }
};

[[nodiscard]] PanelMeasure measure_panels(const std::vector<Chart>& panels, float width,
                                          Typesetter& typesetter);

// The title's lines, hanging from its label.
[[nodiscard]] std::vector<Line> title_lines(const Chart& chart, float width,
                                            Typesetter& typesetter);

// What stands below the title.
struct PanelInk {
  Ink ink;
  float height = 0;
};
[[nodiscard]] PanelInk panel_ink(const Chart& chart, const PanelMeasure& measure,
                                 Typesetter& typesetter);

// A bar as it is drawn, also in the legend.
enum class Manner { full, hatched };
void draw_bar(Ink& ink, const Fill& place, Manner manner);

// The words of a value, in bold where the target is missed.
[[nodiscard]] Span value_span(const Bar& bar);

}  // namespace vermilion::render
