// Tables over pages.
//
// Shape    Columns as wide as their content if that fits, else the widest give way first. The
// header row is repeated
//          on each page. A row is kept whole unless it is taller than half a page; then it is cut
//          between lines.
#pragma once
#include <vector>

#include "markup/document.h"
#include "render/pieces.h"

namespace vermilion::render {

// The pieces of a table between x and `right`. `shares`, if given, fixes the columns' widths in
// proportion.
[[nodiscard]] std::vector<Piece> table_pieces(const markup::Block& table, float x, float right,
                                              Typesetter& typesetter,
                                              const std::vector<float>& shares = {});

// How wide the columns shall be, in points, together `width`: `natural` is what each would like.
[[nodiscard]] std::vector<float> column_widths(const std::vector<float>& natural, float width);

}  // namespace vermilion::render
