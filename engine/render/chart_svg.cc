#include "render/chart_svg.h"

#include "render/chart_status.h"
#include "render/chart_words.h"
#include "render/svg.h"

namespace vermilion::render {
namespace {

constexpr float pixels = 1.6F;  // for a point: small print is 12 pixels high

std::string description_of(const ChartBlock& block) {
  std::string text;
  for (const Chart& chart : block.panels) text += spoken(chart) + "。";
  for (const Item& item : block.items) text += spoken(item) + "。";
  return text;
}

}  // namespace

std::string chart_title(const ChartBlock& block) {
  if (!block.title.empty() || block.panels.empty()) return block.title;
  return block.panels.front().title;
}

std::string chart_svg(const ChartBlock& block, float width) {
  Fonts fonts(standard_fonts());
  Structure structure;  // of a PDF; <desc> takes its place
  Typesetter typesetter(fonts, structure);
  SvgPicture picture{{}, width, 0, chart_title(block), description_of(block)};
  for (const Piece& piece : chart_pieces(block, 0, width, typesetter)) {
    picture.ink.add(piece.ink, 0, picture.height + 1);
    picture.height += piece.height;
  }
  picture.height += 2;  // rules at the edges are drawn whole
  return to_svg(picture, fonts, pixels);
}

}  // namespace vermilion::render
