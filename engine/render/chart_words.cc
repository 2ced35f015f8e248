#include "render/chart_words.h"

#include <fmt/format.h>

namespace vermilion::render {

std::string value_text(double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

std::string with_unit(const std::string& text, const Chart& chart) {
  return chart.unit.empty() ? text : text + " " + chart.unit;
}

std::string target_text(const Chart& chart) {
  if (chart.band) {
    const auto ends = value_text(chart.band->from) + " 至 " + value_text(chart.band->to);
    return with_unit("目標 " + ends, chart);
  }
  if (!chart.target) return "";
  const char* sign = chart.comparison == ">=" ? "≥ " : chart.comparison == "<=" ? "≤ " : "";
  return with_unit("目標 " + (sign + value_text(*chart.target)), chart);
}

bool is_missed(const Bar& bar) { return bar.met && !*bar.met; }

std::string spoken(const Chart& chart) {
  std::string text = chart.label.empty() ? chart.title : chart.label + " " + chart.title;
  if (const auto target = target_text(chart); !target.empty()) text += "；" + target;
  for (const Bar& bar : chart.bars) {
    text +=
        "；" + bar.label + " " + (bar.value ? with_unit(value_text(*bar.value), chart) : "未量測");
    if (bar.met) text += *bar.met ? "（達成）" : "（未達）";
  }
  return text;
}

}  // namespace vermilion::render
