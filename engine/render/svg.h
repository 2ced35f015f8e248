// Ink as SVG: a chart on a page of the web, from the same description and the same ink as in a PDF.
//
// Shape    One <svg> with <title> and <desc>; fills are <rect>, rules are <line>, texts are <text> with the length that was
//          measured, so that another font keeps its place. Presentation attributes only: no script, no style, no reference to
//          anything outside; links are left out.
// Units    One unit of the view box is a point of the ink; `scale` CSS pixels show it.
#pragma once
#include <string>

#include "render/fonts.h"
#include "render/ink.h"

namespace vermilion::render {

struct SvgPicture {
  Ink ink;
  float width = 0;
  float height = 0;
  std::string title;
  std::string description;
};

// `fonts` is what set the ink's texts.
[[nodiscard]] std::string to_svg(const SvgPicture& picture, const Fonts& fonts, float scale);

}  // namespace vermilion::render
