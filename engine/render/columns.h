// How wide the columns of a table are.
//
// Shape  First as wide as their content if that fits; else columns that need less than an equal
// share get what they
//        need and the others share the rest. Then width moves between columns while that makes the
//        table shorter. A column is not narrower than its longest word, as far as all words fit and
//        none takes more than a fifth of the table.
// Units  Points; a cell's width includes its padding.
#pragma once
#include <cstddef>
#include <vector>

namespace vermilion::render {

// How many rows are looked at for it.
inline constexpr size_t sampled_rows = 60;

// The width each cell would like, by row and column; every row has all columns.
using CellWidths = std::vector<std::vector<float>>;

// The columns' widths, together `width`. `padding` is the part of a cell that holds no text; `words`, if given, is what
// the longest word of each column needs, padding included.
[[nodiscard]] std::vector<float> column_widths(const CellWidths& cells,
                                               float width, float padding,
                                               const std::vector<float>& words = {});

// Widths in proportion to `shares`.
[[nodiscard]] std::vector<float> column_shares(std::vector<float> shares, float width);

}  // namespace vermilion::render
