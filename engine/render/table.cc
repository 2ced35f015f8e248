#include "render/table.h"

#include "render/columns.h"
#include "render/spans.h"

namespace vermilion::render {
namespace {

using markup::Align;

constexpr Setting setting{style::table_size, style::table_leading};
constexpr float pad_x = 6;
constexpr float pad_y = 4;

class TableLayout {
 public:
  TableLayout(const markup::Block& table, float x, float right, Typesetter& typesetter,
              const std::vector<float>& shares)
      : table_(table),
        x_(x),
        right_(right),
        typesetter_(typesetter),
        structure_(typesetter.structure()) {
    for (const auto& row : table.rows) columns_ = std::max(columns_, row.size());
    widths_ = shares.empty()
                  ? column_widths(natural_widths(), right - x, 2 * pad_x, longest_words())
                  : column_shares(shares, right - x);
  }

  std::vector<Piece> pieces() {
    if (table_.rows.empty() || columns_ == 0) return {};
    const Inside table(structure_, structure_.add("Table"));
    const auto header = std::make_shared<const Piece>(header_piece());
    const bool repeated = header->height < style::text_height / 2;
    std::vector<Piece> result = repeated ? std::vector<Piece>{*header} : row_pieces(0);
    result.front().space_before = 8;
    if (repeated) header_ = header;
    if (repeated && table_.rows.size() > 1) result.front().keep_with_next = true;
    for (size_t r = 1; r < table_.rows.size(); ++r) append(result, row_pieces(r));
    return result;
  }

 private:
  using CellLines = std::vector<std::vector<Line>>;

  [[nodiscard]] CellWidths natural_widths() const {
    CellWidths natural;
    for (size_t r = 0; r < table_.rows.size(); ++r) {
      auto& row = natural.emplace_back(columns_, 2 * pad_x);
      for (size_t c = 0; c < table_.rows[r].size(); ++c) {
        row[c] += typesetter_.natural_width(cell_spans(r, c), setting.size) + 0.5F;
      }
    }
    return natural;
  }

  [[nodiscard]] std::vector<float> longest_words() const {
    std::vector<float> longest(columns_, 0);
    for (size_t r = 0; r < std::min(table_.rows.size(), sampled_rows); ++r) {
      for (size_t c = 0; c < table_.rows[r].size(); ++c) {
        const float word = typesetter_.longest_word(cell_spans(r, c), setting.size);
        longest[c] = std::max(longest[c], word + 2 * pad_x + 0.5F);
      }
    }
    return longest;
  }

  [[nodiscard]] Spans cell_spans(size_t r, size_t c) const {
    return spans_of(table_.rows[r][c].content, r == 0 ? Weight::bold : Weight::regular);
  }

  // A row has a cell for each column, also where the source has none.
  [[nodiscard]] CellLines lines_of(size_t r) const {
    CellLines cells(columns_);
    const Inside row(structure_, structure_.add("TR"));
    for (size_t c = 0; c < columns_; ++c) {
      const Tag tag = structure_.add(r == 0 ? "TH" : "TD");
      if (c >= table_.rows[r].size()) continue;
      cells[c] = typesetter_.lines(cell_spans(r, c), setting.size, widths_[c] - 2 * pad_x);
      for (Line& line : cells[c]) structure_.mark(line.ink, tag);
    }
    return cells;
  }

  [[nodiscard]] float cell_shift(size_t c, const Line& line) const {
    const float room = widths_[c] - 2 * pad_x - line.width;
    const Align align = c < table_.columns.size() ? table_.columns[c] : Align::none;
    if (align == Align::right) return room;
    return align == Align::center ? room / 2 : 0;
  }

  // Lines [from, to) of each cell, with the rules at the sides of the columns.
  [[nodiscard]] Piece slice(const CellLines& cells, size_t from, size_t to, float above,
                            float below) const {
    Piece piece;
    piece.height = above + static_cast<float>(to - from) * setting.leading + below;
    float left = x_;
    for (size_t c = 0; c < columns_; ++c) {
      for (size_t k = from; k < std::min(to, cells[c].size()); ++k) {
        const float y = above + static_cast<float>(k - from) * setting.leading + baseline(setting);
        piece.ink.add(cells[c][k].ink, left + pad_x + cell_shift(c, cells[c][k]), y);
      }
      if (c > 0) piece.ink.rules.push_back({left, 0, left, piece.height, 0.3F, style::hairline});
      left += widths_[c];
    }
    return piece;
  }

  [[nodiscard]] Rule across(float y, float thickness, Colour colour) const {
    return {x_, y, right_, y, thickness, colour};
  }

  [[nodiscard]] static size_t tallest(const CellLines& cells) {
    size_t lines = 1;
    for (const auto& cell : cells) lines = std::max(lines, cell.size());
    return lines;
  }

  [[nodiscard]] Piece header_piece() const {
    const CellLines cells = lines_of(0);
    Piece piece = slice(cells, 0, tallest(cells), pad_y, pad_y);
    piece.ink.fills.push_back({x_, 0, right_ - x_, piece.height, style::tint});
    piece.ink.rules.push_back(across(0, 0.9F, style::vermilion));
    piece.ink.rules.push_back(across(piece.height, 0.5F, style::quiet));
    return piece;
  }

  [[nodiscard]] std::vector<Piece> row_pieces(size_t r) const {
    const CellLines cells = lines_of(r);
    const size_t count = tallest(cells);
    const bool tall = static_cast<float>(count) * setting.leading > style::text_height / 2;
    std::vector<Piece> pieces;
    for (size_t k = 0; k < count; k += tall ? 1 : count) {
      const size_t to = tall ? k + 1 : count;
      pieces.push_back(slice(cells, k, to, k == 0 ? pad_y : 0, to == count ? pad_y : 0));
      pieces.back().header = header_;
      pieces.back().keep_with_next = tall && (k == 0 || k + 2 == count);
      if (tall) pieces.back().at_break = across(pieces.back().height, 0.4F, style::hairline);
    }
    const bool last_row = r + 1 == table_.rows.size();
    pieces.back().ink.rules.push_back(across(pieces.back().height, last_row ? 0.7F : 0.4F,
                                             last_row ? style::quiet : style::hairline));
    return pieces;
  }

  const markup::Block& table_;
  float x_;
  float right_;
  Typesetter& typesetter_;
  Structure& structure_;
  size_t columns_ = 0;
  std::vector<float> widths_;
  std::shared_ptr<const Piece> header_;
};

}  // namespace

std::vector<Piece> table_pieces(const markup::Block& table, float x, float right,
                                Typesetter& typesetter, const std::vector<float>& shares) {
  return TableLayout(table, x, right, typesetter, shares).pieces();
}

}  // namespace vermilion::render
