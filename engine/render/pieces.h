// From lines to pieces: the steps that paragraphs, headings, boxes and tables share.
#pragma once
#include <vector>

#include "render/paginate.h"
#include "render/typeset.h"

namespace vermilion::render {

struct Setting {
  float size = style::body_size;
  float leading = style::body_leading;
};
inline constexpr Setting small_setting{style::small_size, style::small_leading};

// The base line of a line of this setting, from the top of its piece.
[[nodiscard]] float baseline(const Setting& setting);

// A piece with one line at x.
[[nodiscard]] Piece line_piece(const Line& line, float x, const Setting& setting);

// One piece per line, chained so that no first or last line stands alone on a page.
[[nodiscard]] std::vector<Piece> line_pieces(const std::vector<Line>& lines, float x,
                                             const Setting& setting);

void append(std::vector<Piece>& to, std::vector<Piece> more);

// What is not marked yet in the pieces belongs to `tag`.
void mark(std::vector<Piece>& pieces, Tag tag, Structure& structure);

}  // namespace vermilion::render
