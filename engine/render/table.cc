#include "render/table.h"

#include "render/columns.h"
#include "render/spans.h"

namespace vermilion::render {
namespace {

using markup::Align;

constexpr Setting usual{style::table_size, style::table_leading};
constexpr float least_size = 6;  // of letters that can be read on paper
constexpr float usual_pad_x = 6;
constexpr float pad_y = 4;
constexpr size_t most_upright = 9;  // columns
constexpr float small_part = 5;  // of a page: a table of its height is not parted

// Where a cell that spans others begins.
struct Origin {
  size_t row = 0;
  size_t column = 0;
  bool operator==(const Origin&) const = default;
};

class TableLayout {
 public:
  TableLayout(const markup::Block& table, const TablePlace& place, Typesetter& typesetter)
      : table_(table),
        x_(place.x),
        right_(place.right),
        page_height_(place.page_height),
        shares_(place.shares),
        typesetter_(typesetter),
        structure_(typesetter.structure()) {
    for (const auto& row : table.rows) columns_ = std::max(columns_, row.size());
    find_origins();
  }

  std::vector<Piece> pieces() {
    if (table_.rows.empty() || columns_ == 0) return {};
    shrink_wide();
    set_widths();
    const Inside table(structure_, structure_.add("Table"));
    const auto header = std::make_shared<const Piece>(header_piece());
    const bool repeated = header->height < page_height_ / 2;
    std::vector<Piece> result = repeated ? std::vector<Piece>{*header} : group_pieces(0, 1);
    result.front().space_before = 8;
    if (repeated) {
      header_ = header;
      header_of_rest_ = std::make_shared<const Piece>(lengthened(*header));
      result.front().keep_with_next = table_.rows.size() > 1;
    }
    for (size_t r = 1; r < table_.rows.size();) {
      const size_t end = group_end(r);
      append(result, group_pieces(r, end));
      r = end;
    }
    keep_small(result);
    return result;
  }

  // What the columns need so that no word is broken.
  [[nodiscard]] float words_width() const {
    float width = 0;
    for (const float word : longest_words()) width += word;
    return width;
  }

 private:
  using CellLines = std::vector<std::vector<Line>>;  // by column

  // A row with the lines of its cells, and the height of its text.
  struct Row {
    size_t number = 0;
    CellLines cells;
    size_t lines = 1;
  };

  // A wide register keeps its words whole in smaller letters.
  void shrink_wide() {
    if (columns_ <= most_upright) return;
    const float scale =
        std::clamp((right_ - x_) / words_width(), least_size / style::table_size, 1.0F);
    setting_ = {usual.size * scale, usual.leading * scale};
    pad_x_ = usual_pad_x * scale;
  }

  void set_widths() {
    const float width = right_ - x_;
    widths_ = shares_.empty() ? column_widths(natural_widths(), width, 2 * pad_x_, longest_words())
                              : column_shares(shares_, width);
  }

  void find_origins() {
    for (size_t r = 0; r < table_.rows.size(); ++r) {
      origins_.emplace_back();
      for (size_t c = 0; c < columns_; ++c) origins_[r].push_back({r, c});
    }
    for (size_t r = 0; r < table_.rows.size(); ++r) {
      for (size_t c = 0; c < table_.rows[r].size(); ++c) cover(r, c);
    }
  }

  void cover(size_t row, size_t column) {
    const markup::Cell& cell = table_.rows[row][column];
    if (cell.columns < 2 && cell.rows < 2) return;
    for (int r = 0; r < cell.rows; ++r) {
      for (int c = 0; c < cell.columns; ++c)
        origins_.at(row + static_cast<size_t>(r)).at(column + static_cast<size_t>(c)) = {row,
                                                                                         column};
    }
  }

  [[nodiscard]] const markup::Cell* cell_at(size_t r, size_t c) const {
    return c < table_.rows[r].size() ? &table_.rows[r][c] : nullptr;
  }

  // Whether the cell is one of its own, in its column alone.
  [[nodiscard]] bool is_measured(size_t r, size_t c) const {
    const auto* cell = cell_at(r, c);
    return cell != nullptr && cell->columns == 1;
  }

  [[nodiscard]] CellWidths natural_widths() const {
    CellWidths natural;
    for (size_t r = 0; r < table_.rows.size(); ++r) {
      auto& row = natural.emplace_back(columns_, 2 * pad_x_);
      for (size_t c = 0; c < columns_; ++c) {
        if (is_measured(r, c))
          row[c] += typesetter_.natural_width(cell_spans(r, c), setting_.size) + 0.5F;
      }
    }
    return natural;
  }

  [[nodiscard]] std::vector<float> longest_words() const {
    std::vector<float> longest(columns_, 0);
    for (size_t r = 0; r < std::min(table_.rows.size(), sampled_rows); ++r) {
      for (size_t c = 0; c < columns_; ++c) {
        if (!is_measured(r, c)) continue;
        const float word = typesetter_.longest_word(cell_spans(r, c), setting_.size);
        longest[c] = std::max(longest[c], word + 2 * pad_x_ + 0.5F);
      }
    }
    return longest;
  }

  [[nodiscard]] Spans cell_spans(size_t r, size_t c) const {
    return spans_of(table_.rows[r][c].content, r == 0 ? Weight::bold : Weight::regular);
  }

  [[nodiscard]] float width_of(size_t c, int columns) const {
    float width = 0;
    for (int i = 0; i < columns; ++i) width += widths_.at(c + static_cast<size_t>(i));
    return width;
  }

  // A row has a cell for each column, also where the source has none, but for those that another cell covers.
  [[nodiscard]] CellLines lines_of(size_t r) const {
    CellLines cells(columns_);
    const Inside row(structure_, structure_.add("TR"));
    for (size_t c = 0; c < columns_; ++c) {
      const auto* cell = cell_at(r, c);
      if (cell != nullptr && cell->columns == 0) continue;
      const Tag tag = structure_.add(r == 0 ? "TH" : "TD");
      if (cell == nullptr) continue;
      structure_.at(tag).columns = cell->columns;
      structure_.at(tag).rows = cell->rows;
      const float width = width_of(c, cell->columns) - 2 * pad_x_;
      cells[c] = typesetter_.lines(cell_spans(r, c), setting_.size, width);
      for (Line& line : cells[c]) structure_.mark(line.ink, tag);
    }
    return cells;
  }

  [[nodiscard]] float cell_shift(float width, size_t c, const Line& line) const {
    const float room = width - 2 * pad_x_ - line.width;
    const Align align = c < table_.columns.size() ? table_.columns[c] : Align::none;
    if (align == Align::right) return room;
    return align == Align::center ? room / 2 : 0;
  }

  // --- Rows that a cell spans are a group.

  [[nodiscard]] size_t group_end(size_t r) const {
    size_t end = r + 1;
    for (; r < end; ++r) {
      for (const auto& cell : table_.rows[r])
        end = std::max(end, r + static_cast<size_t>(cell.rows));
    }
    return std::min(end, table_.rows.size());
  }

  // A few rows are not worth a page's end between them.
  void keep_small(std::vector<Piece>& pieces) const {
    float height = 0;
    for (const Piece& piece : pieces) height += piece.height;
    if (height > page_height_ / small_part) return;
    for (size_t i = 0; i + 1 < pieces.size(); ++i) pieces[i].keep_with_next = true;
  }

  [[nodiscard]] float height_of(size_t lines) const {
    return static_cast<float>(lines) * setting_.leading + 2 * pad_y;
  }

  [[nodiscard]] float room() const { return page_height_ - (header_ ? header_->height : 0); }

  // The rows of a group as high as their own cells; then the last row of each spanning cell as high as that needs. A group
  // taller than a page is not kept together: its spanning cells stand in their first rows.
  [[nodiscard]] std::vector<Piece> group_pieces(size_t first, size_t end) const {
    std::vector<Row> rows;
    for (size_t r = first; r < end; ++r) {
      rows.push_back({r, lines_of(r), 1});
      rows.back().lines = tallest(rows.back(), false);
    }
    for (Row& row : rows) stretch(row, rows);
    float height = 0;
    for (const Row& row : rows) height += height_of(row.lines);
    const bool kept = height <= room();
    std::vector<Piece> pieces;
    for (Row& row : rows) {
      if (!kept) row.lines = tallest(row, true);
      append(pieces, row_pieces(row));
      if (kept && &row != &rows.back()) pieces.back().keep_with_next = true;
    }
    return pieces;
  }

  [[nodiscard]] size_t tallest(const Row& row, bool with_spanning) const {
    size_t lines = 1;
    for (size_t c = 0; c < columns_; ++c) {
      const auto* cell = cell_at(row.number, c);
      if (with_spanning || cell == nullptr || cell->rows < 2)
        lines = std::max(lines, row.cells[c].size());
    }
    return lines;
  }

  void stretch(const Row& row, std::vector<Row>& rows) const {
    for (size_t c = 0; c < columns_; ++c) {
      const auto* cell = cell_at(row.number, c);
      if (cell == nullptr || cell->rows < 2) continue;
      const size_t from = row.number - rows.front().number;
      float height = 0;
      for (size_t i = 0; i < static_cast<size_t>(cell->rows); ++i)
        height += height_of(rows.at(from + i).lines);
      Row& last = rows.at(from + static_cast<size_t>(cell->rows) - 1);
      while (height + 0.01F < height_of(row.cells[c].size())) {
        ++last.lines;
        height += setting_.leading;
      }
    }
  }

  // --- From lines to pieces

  // Lines [from, to) of each cell, with the rules at the sides of the columns. `whole`: the row is not cut, so a spanning
  // cell may hang over the rows below.
  [[nodiscard]] Piece slice(const Row& row, size_t from, size_t to, float above, float below,
                            bool whole) const {
    Piece piece;
    piece.height = above + static_cast<float>(to - from) * setting_.leading + below;
    float left = x_;
    for (size_t c = 0; c < columns_; ++c) {
      const auto* cell = cell_at(row.number, c);
      const auto& lines = row.cells[c];
      const float width = width_of(c, cell == nullptr ? 1 : cell->columns);
      for (size_t k = from; k < (whole ? lines.size() : std::min(to, lines.size())); ++k) {
        const float y =
            above + static_cast<float>(k - from) * setting_.leading + baseline(setting_);
        piece.ink.add(lines[k].ink, left + pad_x_ + cell_shift(width, c, lines[k]), y);
      }
      if (c > 0 && !(origins_[row.number][c] == origins_[row.number][c - 1]))
        piece.ink.rules.push_back({left, 0, left, piece.height, 0.3F, style::hairline});
      left += widths_[c];
    }
    return piece;
  }

  [[nodiscard]] Rule across(float y, float thickness, Colour colour) const {
    return {x_, y, right_, y, thickness, colour};
  }

  // The rule below a row, but for the cells that go on below it.
  void close(size_t r, Piece& piece) const {
    const bool last = r + 1 == table_.rows.size();
    if (last) return piece.ink.rules.push_back(across(piece.height, 0.7F, style::quiet));
    float left = x_;
    for (size_t c = 0; c < columns_; ++c) {
      const float right = left + widths_[c];
      if (!(origins_[r][c] == origins_[r + 1][c])) {
        auto& rules = piece.ink.rules;
        const bool joins = !rules.empty() && rules.back().y1 == piece.height &&
                           rules.back().y2 == piece.height && rules.back().x2 == left;
        if (joins)
          rules.back().x2 = right;
        else
          rules.push_back({left, piece.height, right, piece.height, 0.4F, style::hairline});
      }
      left = right;
    }
  }

  [[nodiscard]] Piece header_piece() const {
    Row row{0, lines_of(0), 1};
    row.lines = tallest(row, true);
    Piece piece = slice(row, 0, row.lines, pad_y, pad_y, true);
    piece.ink.fills.push_back({x_, 0, right_ - x_, piece.height, style::tint});
    piece.ink.rules.push_back(across(0, 0.9F, style::vermilion));
    piece.ink.rules.push_back(across(piece.height, 0.5F, style::quiet));
    return piece;
  }

  // Above the rest of a row that was cut: its lines stand as far below the header as the first line of a row.
  [[nodiscard]] static Piece lengthened(Piece header) {
    for (Rule& rule : header.ink.rules) {
      if (rule.x1 == rule.x2) rule.y2 += pad_y;
    }
    header.height += pad_y;
    return header;
  }

  // One piece, or one for each line where the row is taller than a page.
  [[nodiscard]] std::vector<Piece> row_pieces(const Row& row) const {
    const size_t count = row.lines;
    const bool tall = height_of(count) > room();
    std::vector<Piece> pieces;
    for (size_t k = 0; k < count; k += tall ? 1 : count) {
      const size_t to = tall ? k + 1 : count;
      pieces.push_back(slice(row, k, to, k == 0 ? pad_y : 0, to == count ? pad_y : 0, !tall));
      pieces.back().header = k == 0 ? header_ : header_of_rest_;
      pieces.back().keep_with_next = tall && (k == 0 || k + 2 == count);
      if (tall || row.number + 1 < table_.rows.size())
        pieces.back().at_break = across(pieces.back().height, 0.4F, style::hairline);
    }
    close(row.number, pieces.back());
    return pieces;
  }

  const markup::Block& table_;
  float x_;
  float right_;
  float page_height_;
  std::vector<float> shares_;
  Typesetter& typesetter_;
  Structure& structure_;
  size_t columns_ = 0;
  Setting setting_ = usual;
  float pad_x_ = usual_pad_x;
  std::vector<std::vector<Origin>> origins_;
  std::vector<float> widths_;
  std::shared_ptr<const Piece> header_;
  std::shared_ptr<const Piece> header_of_rest_;
};

}  // namespace

std::vector<Piece> table_pieces(const markup::Block& table, const TablePlace& place,
                                Typesetter& typesetter) {
  return TableLayout(table, place, typesetter).pieces();
}

bool wants_landscape(const markup::Block& table, Typesetter& typesetter) {
  if (table.rows.empty()) return false;
  const TablePlace upright{0, style::text_width, {}};
  return table.rows.front().size() > most_upright ||
         TableLayout(table, upright, typesetter).words_width() > style::text_width;
}

}  // namespace vermilion::render
