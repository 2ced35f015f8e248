// How wide the columns of a table are.
//
// Shape  First as wide as their content if that fits; else columns that need less than an equal
// share get what they
//        need and the others share the rest. Then width moves between columns while that makes the
//        table shorter.
// Units  Points; a cell's width includes its padding.
#pragma once
#include <vector>

namespace vermilion::render {

// The width each cell would like, by row and column; every row has all columns.
using CellWidths = std::vector<std::vector<float>>;

// The columns' widths, together `width`. `padding` is the part of a cell that holds no text.
[[nodiscard]] std::vector<float> column_widths(const CellWidths& cells, float width, float padding);

// Widths in proportion to `shares`.
[[nodiscard]] std::vector<float> column_shares(std::vector<float> shares, float width);

}  // namespace vermilion::render
