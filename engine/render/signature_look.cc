#include "render/signature_look.h"

#include "render/finish.h"
#include "render/signature_boxes.h"

namespace vermilion::render {
namespace {

constexpr float look_margin = 9;
constexpr float mark_size = 12.5F;
constexpr float line_size = 7.6F;
constexpr float least_size = 5.2F;  // half as large as text: legible in print
constexpr float line_leading = 10.6F;

// A double frame, as a seal has it.
void frame_seal(Ink& ink) {
  for (const auto& [inset, thickness] : {std::pair(1.6F, 1.2F), std::pair(4.2F, 0.4F)}) {
    const float right = signature_width - inset, bottom = signature_height - inset;
    for (const float y : {inset, bottom})
      ink.rules.push_back({inset, y, right, y, thickness, style::vermilion});
    for (const float x : {inset, right})
      ink.rules.push_back({x, inset, x, bottom, thickness, style::vermilion});
  }
}

// A stroke beside the name, as one signs on a line.
void stroke_person(Ink& ink) {
  constexpr float inset = 4.2F;
  ink.rules.push_back({inset, inset, inset, signature_height - inset, 1.2F, style::vermilion});
}

// Smaller before it is cut: nobody signs by half a name.
Line whole_line(const Span& text, float size, Typesetter& typesetter) {
  constexpr float width = signature_width - 2 * look_margin;
  const float natural = typesetter.natural_width({text}, size);
  const float fitting = natural > width ? 0.999F * size * width / natural : size;
  return typesetter.fitted(text, std::max(fitting, least_size), width);
}

}  // namespace

Bytes draw_signature(const SignatureLook& look) {
  Fonts fonts(standard_fonts());
  Structure none;
  Typesetter typesetter(fonts, none);
  Ink ink;
  look.seal ? frame_seal(ink) : stroke_person(ink);
  const std::string mark =
      look.on_behalf_of.empty() ? look.mark : look.on_behalf_of + "（" + look.mark + " 代）";
  float y = look_margin + mark_size;
  const Colour colour = look.seal ? style::vermilion : style::ink;
  ink.add(whole_line(span(mark, Weight::bold, colour), mark_size, typesetter).ink, look_margin, y);
  y += 4;
  for (const std::string& line : look.lines) {
    y += line_leading;
    ink.add(whole_line(span(line), line_size, typesetter).ink, look_margin, y);
  }
  fonts.require_all();
  return bare_pdf({{ink, {signature_width, signature_height}}}, fonts);
}

}  // namespace vermilion::render
