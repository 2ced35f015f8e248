#include "render/boxes.h"

#include <sstream>

#include "base/text.h"
#include "markup/duty_box.h"
#include "render/chart.h"
#include "render/glyphs.h"

namespace vermilion::render {
namespace {

constexpr float box_padding = 7;

Spans headline(const markup::DutyBox& box) {
  Spans spans;
  if (!box.id.empty()) spans.push_back(span(box.id + "　", Weight::bold, style::vermilion));
  if (!box.duty.empty()) spans.push_back(span(box.duty));
  return spans;
}

// Names such as room-daily-log stay on one line: U+2060 joins what stands around it.
std::string unbroken(const std::string& text) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '-') result += "\u2060";
  }
  return result;
}

Spans details(const markup::DutyBox& box) {
  Spans spans;
  for (const auto& [name, value] : box.details) {
    const std::string gap = spans.empty() ? "" : "　";
    spans.push_back(span(gap + name + " ", Weight::regular, style::quiet));
    spans.push_back(span(unbroken(value)));
  }
  return spans;
}

// Tint behind every line and a bar at the left; a little overlap, so that no seam shows between
// lines.
void dress(std::vector<Piece>& pieces, float x, float right, bool bar) {
  for (size_t i = 0; i < pieces.size(); ++i) {
    const float above = i == 0 ? 4 : 0;
    Ink moved;
    moved.add(pieces[i].ink, 0, above);
    pieces[i].ink = std::move(moved);
    pieces[i].height += above + (i + 1 == pieces.size() ? 4 : 0);
    const float overlap = i + 1 == pieces.size() ? 0 : 0.4F;
    pieces[i].ink.fills.push_back({x, 0, right - x, pieces[i].height + overlap, style::tint});
    if (bar)
      pieces[i].ink.fills.push_back(
          {x, 0, 1.4F, pieces[i].height + overlap, style::pale_vermilion});
  }
  if (!pieces.empty()) pieces.front().space_before = 4;
}

std::vector<Piece> duty_pieces(const markup::DutyBox& duty, float x, float right,
                               Typesetter& typesetter) {
  std::vector<Line> lines;
  const Inside box(typesetter.structure(), typesetter.structure().add("Div"));
  for (const Spans& spans : {headline(duty), details(duty)}) {
    const Tag tag = typesetter.structure().add("P");
    for (Line& line : typesetter.lines(spans, small_setting.size, right - x - 2 * box_padding)) {
      typesetter.structure().mark(line.ink, tag);
      lines.push_back(std::move(line));
    }
  }
  auto pieces = line_pieces(lines, x + box_padding, small_setting);
  if (pieces.size() < 20) {
    for (size_t i = 0; i + 1 < pieces.size(); ++i) pieces[i].keep_with_next = true;
  }
  dress(pieces, x, right, true);
  return pieces;
}

// A tab leads to the next column of four; an ideograph takes two columns.
Span code_line(const std::string& text) {
  constexpr size_t stop = 4;
  Span line = span("");
  line.code = true;
  size_t column = 0;
  for (const char32_t c : code_points(text)) {
    const size_t width = c == U'\t' ? stop - column % stop : is_wide(c) ? 2 : 1;
    if (c == U'\t')
      line.text.append(width, U' ');
    else
      line.text += c;
    column += width;
  }
  return line;
}

std::vector<Piece> code_pieces(const std::string& literal, float x, float right,
                               Typesetter& typesetter) {
  constexpr Setting setting{8.8F, 14};
  std::vector<Line> lines;
  std::istringstream source(literal);
  for (std::string text; std::getline(source, text);) {
    auto broken = typesetter.lines({code_line(text)}, setting.size, right - x - 2 * box_padding);
    if (broken.empty()) broken.emplace_back();
    for (Line& line : broken) lines.push_back(std::move(line));
  }
  auto pieces = line_pieces(lines, x + box_padding, setting);
  mark(pieces, typesetter.structure().add("P"), typesetter.structure());
  dress(pieces, x, right, false);
  return pieces;
}

}  // namespace

std::vector<Piece> box_pieces(const markup::Block& block, float x, float right,
                              Typesetter& typesetter) {
  if (const auto duty = markup::read_duty_box(block))
    return duty_pieces(*duty, x, right, typesetter);
  if (block.info == "chart") {
    if (const auto chart = read_chart(block.literal))
      return chart_pieces(*chart, x, right, typesetter);
  }
  return code_pieces(block.literal, x, right, typesetter);
}

}  // namespace vermilion::render
