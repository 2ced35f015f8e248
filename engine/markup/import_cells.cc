// Problem  In the extracted text a line end inside a cell is a space: 「資訊安全 執行秘書」 is one
//          word, 「個資法 其他資安法規」 is two entries.
// Idea     Join where the two characters stand side by side elsewhere in the text, or where the
//          line is as long as the lines of its column get; else keep the space and say so.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "markup/import_parts.h"
#include "markup/tables.h"
#include "markup/text.h"

namespace vermilion::markup {
namespace {

using Neighbours = std::set<std::pair<char32_t, char32_t>>;

Neighbours neighbours_in(const std::vector<Line>& lines) {
  Neighbours result;
  for (const auto& line : lines) {
    const auto points = code_points(line.text);
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (is_cjk(points[i - 1]) && is_cjk(points[i])) result.insert({points[i - 1], points[i]});
    }
  }
  return result;
}

// A cell cut at each space between wide characters.
std::vector<std::u32string> printed_lines(std::string_view cell) {
  const auto points = code_points(cell);
  std::vector<std::u32string> lines(1);
  for (std::size_t i = 0; i < points.size();) {
    std::size_t end = i;
    while (end < points.size() && is_space(points[end])) ++end;
    if (end == i) {
      lines.back() += points[i++];
      continue;
    }
    const bool wide =
        i > 0 && end < points.size() && is_wide(points[i - 1]) && is_wide(points[end]);
    if (wide) lines.emplace_back();
    if (!wide) lines.back() += ' ';
    i = end;
  }
  return lines;
}

double printed_width(std::u32string_view line) {
  double width = 0;
  for (const char32_t c : line) width += is_wide(c) ? 1 : 0.5;
  return width;
}

class Joining {
 public:
  Joining(const Neighbours& neighbours, std::vector<ImportNote>& notes)
      : neighbours_(neighbours), notes_(notes) {}

  void join_column(Piece& table, std::size_t column) {
    double widest = 0;
    for (const auto& row : table.rows) {
      for (const auto& line : printed_lines(row[column]))
        widest = std::max(widest, printed_width(line));
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      table.rows[i][column] = joined(table.rows[i][column], widest, table.row_lines[i]);
    }
  }

 private:
  std::string joined(const std::string& cell, double widest, int line_number) {
    const auto lines = printed_lines(cell);
    std::u32string result = lines.front();
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const char32_t before = lines[i - 1].back();
      const char32_t after = lines[i].front();
      const bool known = !is_cjk(before) || !is_cjk(after) || neighbours_.contains({before, after});
      constexpr double narrowest = 4;  // in narrower columns names stand side by side
      const bool full = widest >= narrowest && printed_width(lines[i - 1]) >= widest - 1;
      if (!known) note(line_number, lines[i - 1], lines[i], full);
      if (!known && !full) result += ' ';
      result += lines[i];
    }
    return utf8(result);
  }

  void note(int line, const std::u32string& before, const std::u32string& after, bool full) {
    notes_.push_back({line,
                      fmt::format("儲存格「{} {}」中的空白{}，請確認", utf8(before), utf8(after),
                                  full ? "視為換行而刪去" : "保留"),
                      fmt::format("the space in the cell “{} {}” was {}; check it", utf8(before),
                                  utf8(after), full ? "taken for a line end" : "kept")});
  }

  const Neighbours& neighbours_;
  std::vector<ImportNote>& notes_;
};

}  // namespace

void join_cells(std::vector<Piece>& pieces, const std::vector<Line>& lines,
                std::vector<ImportNote>& notes) {
  const auto neighbours = neighbours_in(lines);
  Joining joining(neighbours, notes);
  for (auto& piece : pieces) {
    const auto width = piece.rows.empty() ? 0 : piece.rows.front().size();
    if (widest_row(piece) > most_columns) continue;
    for (std::size_t column = 0; column < width; ++column) joining.join_column(piece, column);
  }
}

}  // namespace vermilion::markup
