// A clause as the lines that a comparison shows: its paragraphs and obligations, and each row of a table by the names of its columns.
//
// Example  欄位：影響構面、策略
//          影響構面：員工；策略：持續推動 ISO 27001
// Why      A cell of the 修訂對照表 holds text and no table: so a row is read by itself, and the rows that stay can be left out.
#pragma once
#include <string>
#include <vector>

#include "markup/document.h"
#include "markup/likeness.h"

namespace vermilion::markup {

struct ShownLine {
  std::string text;  // without a line end
  std::string
      key;      // what a row goes by: its first cell that is not empty; of a paragraph, the text
  Pairs pairs;  // of the text; of a row, without the names
};

[[nodiscard]] std::vector<ShownLine> shown_lines(const Clause& clause);

// Both sides of one clause. A column whose name alone was changed has no name in the rows: else each of them
// would have changed.
struct ShownSides {
  std::vector<ShownLine> before;
  std::vector<ShownLine> after;
};
[[nodiscard]] ShownSides shown_sides(const Clause& before, const Clause& after);

// The lines as one text.
[[nodiscard]] std::string joined_text(const std::vector<ShownLine>& lines);

}  // namespace vermilion::markup
