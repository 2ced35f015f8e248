// One panel of a line over time: target or band, points joined by a line, labels below.
//
// Shape    From top to bottom: the words of the target, the plot, the labels, notes. A met point (or one not judged) is a square, a
//          missed one a cross with its value in bold and the word 未達. Where a value is null the line has a gap with a dash.
// Rules    Where the points stand too close for their words, a note below names the missed ones; labels are then left out between, never the
//          last. A value stands above its point, or below it where that keeps it off the line and the target.
// Units    Points; y grows down from the top of the panel.
#pragma once
#include "render/chart_panel.h"

namespace vermilion::render {

// The width of the axis' numbers, with the gap after them.
[[nodiscard]] float line_axis_width(const Chart& chart, Typesetter& typesetter);
// The least width in which the plot can be read.
[[nodiscard]] float least_line_plot(const Chart& chart);

[[nodiscard]] PanelInk line_panel(const Chart& chart, const PanelMeasure& measure,
                                  Typesetter& typesetter);

// The mark of a point about (x, y), also in the legend.
void draw_square(Ink& ink, float x, float y);
void draw_cross(Ink& ink, float x, float y);
inline constexpr Colour band_colour{0.945F, 0.90F, 0.875F};

}  // namespace vermilion::render
