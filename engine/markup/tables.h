// GFM table rows as text: where a paragraph holds a table, and how its rows split into cells.
//
// Limits  64 columns (more is not a table); 100,000 cells in a document.
// Source  GitHub Flavored Markdown 0.29, section 4.10.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

inline constexpr std::size_t most_columns = 64;

// Throws "markdown-too-large", naming the line, beyond 100,000 cells in one document. Empty cells
// count: rows of "|x" are cheap to write.
void require_cells(std::size_t cells, int line);

struct TableStart {
  std::size_t header = 0;  // index of the header row among the lines; the delimiter row follows
  std::vector<Align> columns;
};

// The first table in a paragraph's lines (already without the indentation of their containers), if
// there is one.
[[nodiscard]] std::optional<TableStart> find_table(const std::vector<std::string>& lines);

// Cells trimmed, "\|" as "|"; other escapes are left for the inline parser.
[[nodiscard]] std::vector<std::string> split_row(std::string_view line);

// The cells of rows of one width without their content. "<" alone joins the cell at its left, "^" alone the one above
// it (not across the header); what does not make a rectangle joins nothing and stays as written.
[[nodiscard]] std::vector<std::vector<Cell>> merged_cells(
    const std::vector<std::vector<std::string>>& texts);

}  // namespace vermilion::markup
