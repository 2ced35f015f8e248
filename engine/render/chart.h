// Fenced blocks `chart`: measured values against their targets, as bars, as a line over time or as a table of states.
//
// Shape    YAML with `kind`: bar (also where it is absent): title, unit, target, comparison ("<=" or ">="), bars [{label, value,
//          met}]; line: the same with points instead of bars, and band {from, to} in the place of a target; or title and
//          charts, a list of such maps, drawn as small panels side by side. value null: nothing was measured. met absent: not
//          judged. status: title and items [{label, name, target, value, status, owner, due}], chart_status.h.
// Rules    A chart stays on one page unless it is taller than a page; then it is cut between rows of panels or of the table.
//          Met and missed differ by shape and by the words 未達: no colour is needed. An axis that does not begin at 0 says so.
// Units    Points.
// Source   docs-src/formats/rendition.md; story S7.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "render/pieces.h"

namespace vermilion::render {

enum class ChartKind { bar, line };

// A bar, or a point of a line.
struct Bar {
  std::string label;  // 115 年
  std::optional<double> value;
  std::optional<bool> met;
};

// What a value should lie within, both ends included.
struct Band {
  double from = 0;
  double to = 0;
};

struct Chart {
  ChartKind kind = ChartKind::bar;
  std::string label;  // before the title, which hangs from it: 2
  std::string title;
  std::string unit;
  std::optional<double> target;
  std::string comparison;
  std::optional<Band> band;
  std::vector<Bar> bars;
};

enum class ItemState { met, watch, missed, unmeasured };

// A row of a table of states; what is "" for every row has no column.
struct Item {
  std::string label, name, target, value;
  ItemState state = ItemState::unmeasured;
  std::string owner, due;
};

struct ChartBlock {
  std::string title;  // over the panels; "" for a single chart
  std::vector<Chart> panels;
  std::vector<Item> items;  // of a table of states, which has no panels
};

// The charts a YAML text describes; nothing if it is not such a text. Values are 0 or between 1e-9 and 1e12; at most 256 KiB, 120
// panels of 40 bars or 60 points, 60 items.
[[nodiscard]] std::optional<ChartBlock> read_chart(const std::string& yaml);

// The pieces of a chart between x and `right`.
[[nodiscard]] std::vector<Piece> chart_pieces(const ChartBlock& block, float x, float right,
                                              Typesetter& typesetter);

}  // namespace vermilion::render
