#include <fmt/format.h>

#include "render/front.h"

namespace vermilion::render {
namespace {

constexpr float number_room = 34;

struct EntryStyle {
  Setting setting;
  float indent;
  float before;
  Weight weight;
};

const EntryStyle& look_of(int level) {
  static const EntryStyle looks[] = {{{11, 19}, 0, 7, Weight::bold},
                                     {{10.2F, 17}, 22, 0, Weight::regular}};
  return looks[level > 1 ? 1 : 0];
}

// Leader and page number on the line of `piece`, and the link over the whole line.
void lead(Piece& piece, float from, const std::string& number, const EntryStyle& look,
          Typesetter& typesetter) {
  const Line digits = typesetter.line({span(number, look.weight)}, look.setting.size);
  const float y = baseline(look.setting);
  const float end = style::text_width - digits.width;
  piece.ink.add(digits.ink, end, y);
  if (end - 6 > from + 6)
    piece.ink.rules.push_back(
        {from + 6, y - 2, end - 6, y - 2, 0.7F, style::quiet, Stroke::dotted});
}

std::vector<Piece> entry(const Heading& heading, const std::string& number,
                         Typesetter& typesetter) {
  const EntryStyle& look = look_of(heading.level);
  const Spans words{span(heading.label + heading.title, look.weight)};
  const auto lines =
      typesetter.lines(words, look.setting.size, style::text_width - look.indent - number_room);
  auto pieces = line_pieces(lines, look.indent, look.setting);
  for (Piece& piece : pieces) {
    piece.keep_with_next = heading.level == 1 || &piece != &pieces.back();
    piece.ink.links.push_back(
        {look.indent, 0, style::text_width, look.setting.leading, "#" + heading.anchor});
  }
  if (pieces.empty()) return pieces;
  pieces.front().space_before = look.before;
  lead(pieces.back(), look.indent + lines.back().width, number, look, typesetter);
  return pieces;
}

}  // namespace

std::vector<Piece> contents_pieces(const std::vector<Heading>& headings,
                                   const std::map<std::string, size_t>& numbers,
                                   Typesetter& typesetter) {
  if (headings.empty()) return {};
  std::vector<Piece> pieces{page_heading("目錄", "contents", typesetter)};
  for (const Heading& heading : headings) {
    if (heading.level > 2) continue;
    const auto known = numbers.find(heading.anchor);
    append(pieces, entry(heading, known == numbers.end() ? "" : fmt::format("{}", known->second),
                         typesetter));
  }
  pieces.back().keep_with_next = false;
  return pieces;
}

}  // namespace vermilion::render
