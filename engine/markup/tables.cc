#include "markup/tables.h"

#include "base/text.h"
#include "markup/source.h"

namespace vermilion::markup {
namespace {

bool is_delimiter_row(std::string_view line) {
  return line.find('|') != line.npos && line.find('-') != line.npos &&
         line.find_first_not_of("|-: \t") == line.npos;
}

std::optional<Align> alignment(std::string_view cell) {
  const bool left = cell.starts_with(':');
  const bool right = cell.size() > 1 && cell.ends_with(':');
  const auto dashes = cell.substr(left ? 1 : 0, cell.size() - (left ? 1 : 0) - (right ? 1 : 0));
  if (dashes.empty() || dashes.find_first_not_of('-') != dashes.npos) return std::nullopt;
  if (left && right) return Align::center;
  return right ? Align::right : left ? Align::left : Align::none;
}

std::vector<Align> alignments(std::string_view line) {
  std::vector<Align> columns;
  for (const auto& cell : split_row(line)) {
    const auto align = alignment(cell);
    if (!align || columns.size() == most_columns) return {};
    columns.push_back(*align);
  }
  return columns;
}

bool has_pipe(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '|') return true;
    if (line[i] == '\\') ++i;
  }
  return false;
}

}  // namespace

void require_cells(std::size_t cells, int line) {
  constexpr std::size_t most_cells = 100'000;
  if (cells <= most_cells) return;
  refuse_line("markdown-too-large", line, "表格共超過 100,000 格，請分成數份文件或改附試算表",
              "tables of more than 100,000 cells; split the document or attach a spreadsheet");
}

std::optional<TableStart> find_table(const std::vector<std::string>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (!is_delimiter_row(lines[i]) || !has_pipe(lines[i - 1])) continue;
    auto columns = alignments(lines[i]);
    if (columns.empty() || split_row(lines[i - 1]).size() != columns.size()) continue;
    return TableStart{i - 1, std::move(columns)};
  }
  return std::nullopt;
}

std::vector<std::string> split_row(std::string_view line) {
  line = trim(line);
  if (line.starts_with('|')) line.remove_prefix(1);
  std::vector<std::string> cells;
  std::string cell;
  bool open = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escape = line[i] == '\\' && i + 1 < line.size();
    if (escape && line[i + 1] == '|') {
      cell += line[++i];
      open = true;
    } else if (line[i] == '|') {
      cells.emplace_back(trim(cell));
      cell.clear();
      open = false;
    } else {
      cell += line[i];
      if (escape) cell += line[++i];
      open = true;
    }
  }
  if (open) cells.emplace_back(trim(cell));
  return cells;
}

}  // namespace vermilion::markup
