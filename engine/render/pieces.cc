#include "render/pieces.h"

#include <iterator>

namespace vermilion::render {

float baseline(const Setting& setting) {
  return (setting.leading - setting.size) / 2 + line_ascent * setting.size;
}

Piece line_piece(const Line& line, float x, const Setting& setting) {
  Piece piece;
  piece.height = setting.leading;
  piece.ink.add(line.ink, x, baseline(setting));
  return piece;
}

std::vector<Piece> line_pieces(const std::vector<Line>& lines, float x, const Setting& setting) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < lines.size(); ++i) {
    pieces.push_back(line_piece(lines[i], x, setting));
    const bool first_of_many = i == 0 && lines.size() > 1;
    pieces.back().keep_with_next = first_of_many || i + 2 == lines.size();
  }
  return pieces;
}

void append(std::vector<Piece>& to, std::vector<Piece> more) {
  if (to.empty()) return to.swap(more);
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void mark(std::vector<Piece>& pieces, Tag tag, Structure& structure) {
  for (Piece& piece : pieces) structure.mark(piece.ink, tag);
}

}  // namespace vermilion::render
