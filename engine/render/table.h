// Tables over pages.
//
// Shape    Columns by columns.h. The header row is repeated on each page. A row is kept whole unless it is taller than a
//          page; then it is cut between lines. Rows that a cell spans stand on one page, unless they are taller than one;
//          then that cell stands in the first of them.
#pragma once
#include <vector>

#include "markup/document.h"
#include "render/pieces.h"

namespace vermilion::render {

// Between x and `right`, on pages with that much room. `shares`, if given, fixes the columns' widths in proportion.
struct TablePlace {
  float x = 0;
  float right = style::text_width;
  std::vector<float> shares;
  float page_height = style::text_height;
};

[[nodiscard]] std::vector<Piece> table_pieces(const markup::Block& table, const TablePlace& place,
                                              Typesetter& typesetter);

// Whether an upright page is too narrow: more than nine columns, or words that would have to be broken.
[[nodiscard]] bool wants_landscape(const markup::Block& table, Typesetter& typesetter);

}  // namespace vermilion::render
