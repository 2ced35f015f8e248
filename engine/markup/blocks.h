// Blocks and cells of what is composed, not written: tables with several lines in a cell; and what blocks are.
//
// Threads  Free functions: any thread.
#pragma once
#include <string>
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

// Adds a line below what the cell has, plain or in bold.
void add_line(Cell& cell, const std::string& text);
void add_bold_line(Cell& cell, const std::string& text);
// One below the other, without those that are empty.
[[nodiscard]] Cell lines(const std::vector<std::string>& texts);
// The same below a line in bold.
[[nodiscard]] Cell headed(const std::string& head, const std::vector<std::string>& texts);

// An item whose words begin with the box of a task, ☐ or ☑.
[[nodiscard]] bool is_task(const Block& item);

[[nodiscard]] Block heading_of(int level, const std::string& text);
[[nodiscard]] Block paragraph_of(const std::string& text);
[[nodiscard]] Block numbered_list(const std::vector<std::string>& texts);
[[nodiscard]] Block table_of(const std::vector<std::string>& heads);

}  // namespace vermilion::markup
