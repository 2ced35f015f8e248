#include "render/chart_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace vermilion::render {
namespace {

constexpr double parts = 4;  // about as many ticks as can be read beside a small panel

std::vector<double> drawn_values(const Chart& chart) {
  std::vector<double> values;
  for (const Bar& bar : chart.bars) {
    if (bar.value) values.push_back(*bar.value);
  }
  if (chart.target) values.push_back(*chart.target);
  if (chart.band) values.insert(values.end(), {chart.band->from, chart.band->to});
  return values;
}

struct Reach {
  double from = 0;
  double to = 1;
};

Reach reach_of(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*most <= 0) return {};
  if (*least <= *most / 2) return {0, *most};
  const double span = std::max(*most - *least, *most * 0.01);  // of equal values too
  return {std::max(0.0, *most - span * 1.15), *most};
}

// A step is `factor` times ten to the power of `exponent`. Dividing by a whole power keeps 3 / 10 the 0.3 that is printed.
struct Step {
  double factor = 1;
  int exponent = 0;

  [[nodiscard]] double times(double count) const {
    const double power = std::pow(10, std::abs(exponent));
    return exponent < 0 ? count * factor / power : count * factor * power;
  }
};

Step step_of(double span, bool whole) {
  const double wanted = span / parts;
  Step step{1, static_cast<int>(std::floor(std::log10(wanted)))};
  for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
    step.factor = factor;
    if (step.times(1) >= wanted * 0.999) break;
  }
  if (step.factor == 10) step = {1, step.exponent + 1};
  return whole && step.exponent < 0 ? Step{} : step;
}

}  // namespace

Ticks ticks_of(const Chart& chart) {
  const auto values = drawn_values(chart);
  const auto reach = reach_of(values);
  const bool whole = std::all_of(values.begin(), values.end(),
                                 [](double value) { return value == std::floor(value); });
  const Step step = step_of(reach.to - reach.from, whole);
  const double first = std::floor(reach.from / step.times(1) + 1e-6);
  const double last = std::ceil(reach.to / step.times(1) - 1e-6);
  Ticks ticks;
  const int count = std::clamp(static_cast<int>(last - first), 1, 12);
  for (int i = 0; i <= count; ++i) ticks.values.push_back(step.times(first + i));
  ticks.decimals = std::max(0, -step.exponent);
  return ticks;
}

std::string tick_text(const Ticks& ticks, double value) {
  return fmt::format("{:.{}f}", value, ticks.decimals);
}

}  // namespace vermilion::render
