// Blocks and cells of a sheet that is composed, not written: tables with several lines in a cell.
//
// Threads  Free functions: any thread.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "markup/document.h"

namespace vermilion::service {

// Adds a line below what the cell has, plain or in bold.
void add_line(markup::Cell& cell, const std::string& text);
void add_bold_line(markup::Cell& cell, const std::string& text);
// One below the other, without those that are empty.
[[nodiscard]] markup::Cell lines(const std::vector<std::string>& texts);
// The same below a line in bold.
[[nodiscard]] markup::Cell headed(const std::string& head, const std::vector<std::string>& texts);

[[nodiscard]] markup::Block heading_of(int level, const std::string& text);
[[nodiscard]] markup::Block paragraph_of(const std::string& text);
[[nodiscard]] markup::Block numbered_list(const Json& texts);
[[nodiscard]] markup::Block table_of(const std::vector<std::string>& heads);

// A day in both calendars, as two lines of a narrow column: 自 115年7月1日, 2026-07-01. None for "".
[[nodiscard]] std::vector<std::string> day_lines(const std::string& word, const std::string& iso);

}  // namespace vermilion::service
