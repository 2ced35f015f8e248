#include <yaml-cpp/yaml.h>

#include <cmath>

#include "render/chart.h"

namespace vermilion::render {
namespace {

constexpr size_t most_bars = 40;     // higher than a page otherwise
constexpr size_t most_panels = 120;  // ten pages of small panels

// Thrown inside this file alone: such a block is drawn as the text it is.
struct NotAChart {};

void require(bool fits) {
  if (!fits) throw NotAChart{};
}

std::string text_of(const YAML::Node& map, const char* key) {
  const auto member = map[key];
  if (!member) return "";
  require(member.IsScalar());
  return member.Scalar();
}

std::optional<double> number_of(const YAML::Node& map, const char* key) {
  const auto member = map[key];
  if (!member || member.IsNull()) return std::nullopt;
  const auto value = member.as<double>();
  require(std::isfinite(value) && value >= 0 && value < 1e12);
  return value;
}

Bar read_bar(const YAML::Node& map) {
  require(map.IsMap());
  Bar bar{text_of(map, "label"), number_of(map, "value"), std::nullopt};
  if (map["met"]) bar.met = map["met"].as<bool>();
  return bar;
}

Chart read_panel(const YAML::Node& map) {
  require(map.IsMap() && map["bars"].IsSequence());
  require(map["bars"].size() > 0 && map["bars"].size() <= most_bars);
  Chart chart{text_of(map, "label"),    text_of(map, "title"),      text_of(map, "unit"),
              number_of(map, "target"), text_of(map, "comparison"), {}};
  require(chart.comparison.empty() || chart.comparison == "<=" || chart.comparison == ">=");
  for (const auto& bar : map["bars"]) chart.bars.push_back(read_bar(bar));
  return chart;
}

ChartBlock read_block(const YAML::Node& map) {
  require(map.IsMap());
  if (!map["charts"]) return {"", {read_panel(map)}};
  ChartBlock block{text_of(map, "title"), {}};
  require(map["charts"].IsSequence());
  require(map["charts"].size() > 0 && map["charts"].size() <= most_panels);
  for (const auto& panel : map["charts"]) block.panels.push_back(read_panel(panel));
  return block;
}

}  // namespace

std::optional<ChartBlock> read_chart(const std::string& yaml) {
  try {
    return read_block(YAML::Load(yaml));
  } catch (const YAML::Exception&) {
  } catch (const NotAChart&) {
  }
  return std::nullopt;
}

}  // namespace vermilion::render
