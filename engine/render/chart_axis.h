// The upright axis of a line: ticks in round numbers (1, 2 or 5 times a power of ten) around all that is drawn.
//
// Rules    It begins at 0, or below the least value where that lies above half of the greatest. Whole values have whole ticks.
#pragma once
#include "render/chart.h"

namespace vermilion::render {

struct Ticks {
  std::vector<double> values;  // upwards, two or more
  int decimals = 0;            // 0.5 has one

  [[nodiscard]] double from() const { return values.front(); }
  [[nodiscard]] double to() const { return values.back(); }
};

[[nodiscard]] Ticks ticks_of(const Chart& chart);
[[nodiscard]] std::string tick_text(const Ticks& ticks, double value);

}  // namespace vermilion::render
