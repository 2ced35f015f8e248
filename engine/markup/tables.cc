#include "markup/tables.h"

#include <map>

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

// Which cell each cell belongs to, and the merged cells that follow.
class Merging {
 public:
  explicit Merging(const std::vector<std::vector<std::string>>& texts) : texts_(texts) {
    for (const auto& row : texts) cells_.emplace_back(row.size());
    for (std::size_t r = 0; r < texts.size(); ++r) {
      owners_.emplace_back();
      for (std::size_t c = 0; c < texts[r].size(); ++c) owners_[r].push_back(owner_of(r, c));
    }
  }

  std::vector<std::vector<Cell>> take() {
    for (std::size_t r = 0; r < texts_.size(); ++r) {
      for (std::size_t c = 0; c < texts_[r].size(); ++c) {
        const Place owner = owners_[r][c];
        if (owner == Place{r, c}) continue;
        Area& area = areas_.try_emplace(owner, Area{owner, 1}).first->second;
        area.last = {std::max(area.last.first, r), std::max(area.last.second, c)};
        ++area.count;
      }
    }
    for (const auto& [owner, area] : areas_) merge(owner, area);
    return std::move(cells_);
  }

 private:
  using Place = std::pair<std::size_t, std::size_t>;  // row, column
  struct Area {
    Place last;
    std::size_t count;
  };

  [[nodiscard]] Place owner_of(std::size_t r, std::size_t c) const {
    const auto& text = texts_[r][c];
    if (text == "<" && c > 0) return owners_[r][c - 1];
    if (text == "^" && r > 1) return owners_[r - 1][c];
    return {r, c};
  }

  void merge(const Place& owner, const Area& area) {
    const auto rows = area.last.first - owner.first + 1;
    const auto columns = area.last.second - owner.second + 1;
    if (rows * columns != area.count) return;
    for (std::size_t r = owner.first; r <= area.last.first; ++r) {
      for (std::size_t c = owner.second; c <= area.last.second; ++c) cells_[r][c].columns = 0;
    }
    Cell& cell = cells_[owner.first][owner.second];
    cell.columns = static_cast<int>(columns);
    cell.rows = static_cast<int>(rows);
  }

  const std::vector<std::vector<std::string>>& texts_;
  std::vector<std::vector<Cell>> cells_;
  std::vector<std::vector<Place>> owners_;
  std::map<Place, Area> areas_;
};

}  // namespace

void require_cells(std::size_t cells, int line) {
  constexpr std::size_t most_cells = 100'000;
  if (cells <= most_cells) return;
  refuse_line("markdown-too-large", line, "表格共超過 100,000 格，請分成數份文件或改附試算表",
              "tables of more than 100,000 cells; split the document or attach a spreadsheet");
}

std::vector<std::vector<Cell>> merged_cells(const std::vector<std::vector<std::string>>& texts) {
  return Merging(texts).take();
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
