// What the marks of a chart mean: ■ 達成  ▨ 未達  │ 目標值, as far as they occur.
#pragma once
#include "render/chart.h"

namespace vermilion::render {

// From x = 0 with the base line at y = 0; nothing where nothing is judged and no target is drawn.
[[nodiscard]] Line chart_legend(const std::vector<Chart>& panels, Typesetter& typesetter);

}  // namespace vermilion::render
