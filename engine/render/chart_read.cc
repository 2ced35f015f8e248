#include <map>

#include "base/yaml.h"
#include "render/chart.h"

namespace vermilion::render {
namespace {

constexpr size_t most_bars = 40;     // higher than a page otherwise
constexpr size_t most_points = 60;   // five years of months
constexpr size_t most_panels = 120;  // ten pages of small panels
constexpr size_t most_items = 60;
constexpr size_t longest_cell = 600;  // bytes: 200 Chinese characters

// Thrown inside this file alone: such a block is drawn as the text it is.
struct NotAChart {};

void require(bool fits) {
  if (!fits) throw NotAChart{};
}

std::string text_of(const Yaml& map, const char* key) { return map[key].text_or(""); }

std::optional<double> number_of(const Yaml& map, const char* key) {
  const Yaml& member = map[key];
  if (!member || member.is_null()) return std::nullopt;
  const auto value = member.number();
  require(value == 0 || (value >= 1e-9 && value < 1e12));
  return value;
}

Bar read_bar(const Yaml& map) {
  require(map.is_map());
  Bar bar{text_of(map, "label"), number_of(map, "value"), std::nullopt};
  if (map["met"]) bar.met = map["met"].truth();
  return bar;
}

std::optional<Band> read_band(const Yaml& map) {
  if (!map) return std::nullopt;
  require(map.is_map());
  const auto from = number_of(map, "from"), to = number_of(map, "to");
  require(from && to && *from < *to);
  return Band{*from, *to};
}

ChartKind kind_of(const Yaml& map) {
  const auto kind = text_of(map, "kind");
  require(kind.empty() || kind == "bar" || kind == "line");
  return kind == "line" ? ChartKind::line : ChartKind::bar;
}

Chart read_panel(const Yaml& map) {
  require(map.is_map());
  const auto kind = kind_of(map);
  const bool line = kind == ChartKind::line;
  const auto& bars = map[line ? "points" : "bars"].items();
  require(!bars.empty() && bars.size() <= (line ? most_points : most_bars));
  Chart chart{kind,
              text_of(map, "label"),
              text_of(map, "title"),
              text_of(map, "unit"),
              number_of(map, "target"),
              text_of(map, "comparison"),
              read_band(map["band"]),
              {}};
  require(chart.comparison.empty() || chart.comparison == "<=" || chart.comparison == ">=");
  require(!chart.band || (line && !chart.target));
  for (const auto& bar : bars) chart.bars.push_back(read_bar(bar));
  return chart;
}

ItemState state_of(const std::string& word) {
  static const std::map<std::string, ItemState> states = {{"met", ItemState::met},
                                                          {"watch", ItemState::watch},
                                                          {"missed", ItemState::missed},
                                                          {"unmeasured", ItemState::unmeasured}};
  const auto found = states.find(word);
  require(found != states.end());
  return found->second;
}

std::string cell_of(const Yaml& map, const char* key) {
  auto text = text_of(map, key);
  require(text.size() <= longest_cell);
  return text;
}

Item read_item(const Yaml& map) {
  require(map.is_map());
  Item item{cell_of(map, "label"),
            cell_of(map, "name"),
            cell_of(map, "target"),
            cell_of(map, "value"),
            state_of(cell_of(map, "status")),
            cell_of(map, "owner"),
            cell_of(map, "due")};
  require(!item.name.empty());
  return item;
}

ChartBlock read_status(const Yaml& map) {
  ChartBlock block{text_of(map, "title"), {}, {}};
  const auto& items = map["items"].items();
  require(!items.empty() && items.size() <= most_items);
  for (const auto& item : items) block.items.push_back(read_item(item));
  return block;
}

ChartBlock read_block(const Yaml& map) {
  require(map.is_map());
  if (text_of(map, "kind") == "status") return read_status(map);
  if (!map["charts"]) return {"", {read_panel(map)}, {}};
  ChartBlock block{text_of(map, "title"), {}, {}};
  const auto& panels = map["charts"].items();
  require(!map["kind"]);  // each panel says its own
  require(!panels.empty() && panels.size() <= most_panels);
  for (const auto& panel : panels) block.panels.push_back(read_panel(panel));
  return block;
}

}  // namespace

std::optional<ChartBlock> read_chart(const std::string& yaml) {
  try {
    return read_block(read_yaml(yaml));
  } catch (const YamlError&) {
  } catch (const NotAChart&) {
  }
  return std::nullopt;
}

}  // namespace vermilion::render
