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

enum class Spacing { open, tight };

EntryStyle look_of(int level, Spacing spacing) {
  const bool tight = spacing == Spacing::tight;
  if (level == 1) return {{11, tight ? 17.0F : 19.0F}, 0, tight ? 5.0F : 7.0F, Weight::bold};
  return {{10.2F, tight ? 15.0F : 17.0F}, 22, 0, Weight::regular};
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

std::vector<Piece> entry(const Heading& heading, const std::string& number, Spacing spacing,
                         Typesetter& typesetter) {
  const EntryStyle look = look_of(heading.level, spacing);
  const Spans words{
      span(heading.label + heading.title + " ", look.weight)};  // a blank before the number
  const auto lines =
      typesetter.lines(words, look.setting.size, style::text_width - look.indent - number_room);
  auto pieces = line_pieces(lines, look.indent, look.setting);
  Structure& structure = typesetter.structure();
  const Inside entry(structure, structure.add("TOCI"));
  const Tag link = structure.add("Link");
  for (Piece& piece : pieces) {
    piece.keep_with_next = heading.level == 1 || &piece != &pieces.back();
    piece.ink.links.push_back(
        {look.indent, 0, style::text_width, look.setting.leading, "#" + heading.anchor, link});
  }
  if (pieces.empty()) return pieces;
  pieces.front().space_before = look.before;
  lead(pieces.back(), look.indent + lines.back().width, number, look, typesetter);
  mark(pieces, link, structure);
  return pieces;
}

std::vector<Piece> entries(const std::vector<Heading>& headings,
                           const std::map<std::string, size_t>& numbers, Spacing spacing,
                           Typesetter& typesetter) {
  std::vector<Piece> pieces{page_heading("目錄", "contents", typesetter)};
  const Inside contents(typesetter.structure(), typesetter.structure().add("TOC"));
  for (const Heading& heading : headings) {
    if (heading.level > 2) continue;
    const auto known = numbers.find(heading.anchor);
    const std::string number = known == numbers.end() ? "" : std::to_string(known->second);
    append(pieces, entry(heading, number, spacing, typesetter));
  }
  pieces.back().keep_with_next = false;
  return pieces;
}

}  // namespace

std::vector<Piece> contents_pieces(const std::vector<Heading>& headings,
                                   const std::map<std::string, size_t>& numbers,
                                   Typesetter& typesetter) {
  if (headings.empty()) return {};
  auto open = entries(headings, numbers, Spacing::open, typesetter);
  auto tight = entries(headings, numbers, Spacing::tight, typesetter);
  // A few lines alone on a second page are worth a tighter first one.
  return paginate(tight).pages.size() < paginate(open).pages.size() ? tight : open;
}

}  // namespace vermilion::render
