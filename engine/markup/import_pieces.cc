// Problem  A printed page ends where the paper ends: 「…量測方法：透過客」 and, after an empty
// line,
//          「戶反映…」 are one sentence, while 「六、密碼學管理」 and the paragraph under it are
//          not.
// Idea     A line goes on if the one before ends without the end of a sentence and is not a heading
//          (short, labelled, no comma in it); a line with a label never goes on.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "markup/import_parts.h"
#include "markup/tables.h"
#include "markup/text.h"

namespace vermilion::markup {
namespace {

constexpr std::size_t longest_heading = 40;
constexpr std::size_t shortest_broken_line = 12;  // a shorter line did not end for lack of room

bool is_caption(std::string_view text) {
  const auto points = code_points(text.substr(0, 24));
  if (points.empty() || (points[0] != U'圖' && points[0] != U'表')) return false;
  const auto digit =
      std::find_if(points.begin() + 1, points.end(), [](char32_t c) { return !is_space(c); });
  return digit != points.end() &&
         ((*digit >= '0' && *digit <= '9') || numeral_value(std::u32string(1, *digit)) > 0);
}

std::vector<std::string> cells_of(const Line& line) {
  const std::string& text = line.bullet ? line.text : line.raw;
  std::vector<std::string> cells;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\t', at), text.size());
    cells.emplace_back(trim(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return cells;
}

class PieceGathering {
 public:
  explicit PieceGathering(std::vector<ImportNote>& notes) : notes_(notes) {}

  void add(const Line& line) {
    if (is_row(line)) {
      add_row(line);
    } else if (continues_row(line)) {
      table()->rows.back().back() += " " + line.text;
    } else {
      add_text(line);
    }
  }

  void add_title(const Line& line) {
    pieces_.push_back({Piece::Kind::title, line.number, line.text, std::nullopt, false, {}, {}});
  }

  std::vector<Piece> take() {
    std::size_t cells = 0;
    for (auto& piece : pieces_) {
      const auto width = widest_row(piece);
      if (width > most_columns) continue;  // will be no table
      cells += width * piece.rows.size();
      require_cells(cells, piece.line);
      for (auto& row : piece.rows) row.resize(width);
    }
    return std::move(pieces_);
  }

 private:
  Piece* table() {
    const bool is = !pieces_.empty() && pieces_.back().kind == Piece::Kind::table;
    return is ? &pieces_.back() : nullptr;
  }

  std::size_t width() { return table() ? table()->rows.front().size() : 0; }

  // --- Tables: rows of cells with tabs between them.

  // A tab before a line or after its label only sets it apart; elsewhere it separates cells.
  bool is_row(const Line& line) {
    if (line.raw.find('\t') == line.raw.npos) return false;
    const bool in_table = table() && !line.blank_before;
    const bool leading = line.raw.front() == '\t';
    if (line.text.find('\t') == line.text.npos) return in_table && leading;
    const auto label = line_label(line.text);
    if (!label || line.text.find('\t', label->size) != line.text.npos) return true;
    return in_table && (leading ? width() > 2 : width() == 2);
  }

  void add_row(const Line& line) {
    auto cells = cells_of(line);
    if (completes_row(line, cells)) {
      auto& row = table()->rows.back();
      row.back() += " " + cells.front();
      row.insert(row.end(), cells.begin() + 1, cells.end());
      return;
    }
    if (!table() || (line.blank_before && cells.size() != width())) {
      pieces_.push_back({Piece::Kind::table, line.number, "", std::nullopt, false, {}, {}});
    } else if (line.blank_before) {
      note(line, "表格跨頁，已接續前表", "a table goes on after a page break");
    }
    table()->rows.push_back(std::move(cells));
    table()->row_lines.push_back(line.number);
  }

  // A row broken inside a cell: what is still missing from it stands on this line.
  bool completes_row(const Line& line, const std::vector<std::string>& cells) {
    if (!table() || table()->rows.size() < 2 || line.blank_before) return false;
    const auto have = table()->rows.back().size();
    return have < width() && have + cells.size() - 1 == width();
  }

  bool continues_row(const Line& line) {
    return table() && table()->rows.size() > 1 && !line.blank_before && !line.bullet &&
           !line_label(line.text);
  }

  // --- Paragraphs

  void add_text(const Line& line) {
    auto text = line.text;
    std::replace(text.begin(), text.end(), '\t', ' ');
    auto label = line_label(text);
    auto* before = pieces_.empty() || pieces_.back().kind != Piece::Kind::paragraph
                       ? nullptr
                       : &pieces_.back();
    if (!label && before && goes_on(*before, line)) {
      join(*before, line, text);
      return;
    }
    pieces_.push_back({Piece::Kind::paragraph,
                       line.number,
                       std::move(text),
                       std::move(label),
                       line.bullet,
                       {},
                       {}});
  }

  static bool goes_on(const Piece& before, const Line& line) {
    if (is_heading(before) || is_caption(before.text)) return false;
    if (ends_sentence(before.text)) return !line.blank_before && !line.bullet;
    if (!line.blank_before) return !line.bullet || is_at_least(before.text, shortest_broken_line);
    return is_at_least(before.text, shortest_broken_line) || has_any(before.text, U"，。；：");
  }

  void join(Piece& before, const Line& line, const std::string& text) {
    if (ends_sentence(before.text)) {
      before.text += "\n" + text;
      return;
    }
    if (line.blank_before || line.bullet) {
      note(line, "接續上一行未完的句子", "joined to the unfinished sentence before it");
    }
    const bool wide = is_wide(last_point(before.text)) && is_wide(first_point(text));
    before.text += (wide ? "" : " ") + text;
  }

  void note(const Line& line, const char* zh, const char* en) {
    notes_.push_back(
        {line.number, fmt::format("{}：{}", zh, line.text), fmt::format("{}: {}", en, line.text)});
  }

  std::vector<Piece> pieces_;
  std::vector<ImportNote>& notes_;
};

}  // namespace

std::size_t length(std::string_view text) { return code_points(text).size(); }

std::size_t widest_row(const Piece& piece) {
  std::size_t width = 0;
  for (const auto& row : piece.rows) width = std::max(width, row.size());
  return width;
}

bool is_at_least(std::string_view text, std::size_t points) {
  return text.size() >= 4 * points || length(text) >= points;
}

bool has_any(std::string_view text, std::u32string_view wanted) {
  const auto points = code_points(text);
  return std::find_first_of(points.begin(), points.end(), wanted.begin(), wanted.end()) !=
         points.end();
}

bool ends_sentence(std::string_view text) {
  constexpr std::size_t enough = 48;  // paragraphs grow line by line: look at their end only
  std::size_t start = text.size() - std::min(text.size(), enough);
  while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
  auto points = code_points(text.substr(start));
  constexpr std::u32string_view closing = U"」』）)】〉》”’\"'";
  while (!points.empty() && closing.find(points.back()) != closing.npos) points.pop_back();
  return !points.empty() && std::u32string_view(U"。！？；：…．.!?;:").find(points.back()) !=
                                std::u32string_view::npos;
}

bool is_heading(const Piece& piece) {
  if (piece.kind != Piece::Kind::paragraph || !piece.label || piece.label->depth > 3 ||
      piece.bullet)
    return false;
  const auto title = piece.text.substr(std::min(piece.label->size, piece.text.size()));
  if (is_at_least(title, longest_heading + 1) || has_any(title, U"，；：\n")) return false;
  // A heading does not end in a word that ties it to the next.
  if (!title.empty() && has_any(utf8(last_point(title)), U"與及或和並且、")) return false;
  if (piece.label->depth == 1 || !has_any(title, U"。")) return true;
  constexpr std::size_t sentence = 21;  // 「二、資訊安全組織及權責。」 is meant as a heading
  return piece.label->depth == 2 && !is_at_least(title, sentence) &&
         title.find("。") == title.size() - 3;
}

std::vector<Piece> gather(const std::vector<Line>& lines, const Cover& cover,
                          std::vector<ImportNote>& notes) {
  PieceGathering gathering(notes);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (cover.title_line == i) {
      gathering.add_title(lines[i]);
    } else {
      gathering.add(lines[i]);
    }
  }
  return gathering.take();
}

}  // namespace vermilion::markup
