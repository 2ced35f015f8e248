// A table of states: each item with a mark and a word, who answers for it and until when.
//
// Shape    A title with the count of each state, and a table: 項次, 項目, 目標, 現況, 狀態 (● 達成, ▲ 注意, × 未達, ○ 未量測), 負責, 期限;
//          columns that no item fills are left out. In a PDF it is a table in its structure too, which a reader walks cell by
//          cell; a picture with words in its place would say less.
#pragma once
#include "render/chart.h"

namespace vermilion::render {

[[nodiscard]] std::vector<Piece> status_pieces(const ChartBlock& block, float x, float right,
                                               Typesetter& typesetter);

// What the table says, for those who cannot see it.
[[nodiscard]] std::string spoken(const Item& item);

}  // namespace vermilion::render
