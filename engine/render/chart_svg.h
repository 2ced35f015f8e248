// A chart for a page of the web.
//
// Shape    svg.h; `width` in points as in a PDF, shown so large that its small print can be read on a screen.
// Errors   unavailable "font-missing", as for a PDF.
#pragma once
#include <string>

#include "render/chart.h"

namespace vermilion::render {

[[nodiscard]] std::string chart_svg(const ChartBlock& block, float width);
// What is read out in the place of the whole chart.
[[nodiscard]] std::string chart_title(const ChartBlock& block);

}  // namespace vermilion::render
