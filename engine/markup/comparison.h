// 修訂對照表: the changes between two versions as a document, old and new side by side by clause.
//
// Shape   A heading, a line that says how to read it, and a table: 條次, after, before, 說明. Text that came is inserted, text
//         that went is deleted; a clause without the other side leaves that cell empty. Of a clause that changed, each side has
//         the lines that changed; lines without a counterpart are marked （新增） or （刪除）, and
//         （其餘未修正） stands below for the others. A row of a table is a line (shown_lines.h).
#pragma once
#include <string>
#include <vector>

#include "markup/diff.h"

namespace vermilion::markup {

struct Compared {
  std::string title;   // of the document
  std::string before;  // 1.0, or "" where there was none
  std::string after;   // 1.1
};

[[nodiscard]] Document comparison_table(const std::vector<ClauseChange>& changes,
                                        const Compared& compared);

}  // namespace vermilion::markup
