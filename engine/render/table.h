// Tables over pages.
//
// Shape    Columns by columns.h. The header row is repeated on each page. A row is kept whole
// unless
//          it is taller than half a page; then it is cut between lines.
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

}  // namespace vermilion::render
