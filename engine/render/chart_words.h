// The words of a chart: values with their units, targets, and what is told in the place of the picture.
#pragma once
#include "render/chart.h"

namespace vermilion::render {

[[nodiscard]] std::string value_text(double value);  // 98.7
[[nodiscard]] std::string with_unit(const std::string& text, const Chart& chart);
[[nodiscard]] std::string target_text(
    const Chart& chart);  // 目標 ≤ 5 次; 目標 20 至 24 °C; "" without one
[[nodiscard]] bool is_missed(const Bar& bar);

// What a reader who cannot see the panel is told: title, target, and each value with whether it is met.
[[nodiscard]] std::string spoken(const Chart& chart);

}  // namespace vermilion::render
