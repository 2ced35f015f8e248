// Sizes, colours and margins of a rendition: the one place to change how it looks.
//
// Units  Points.
#pragma once
#include "render/ink.h"

namespace vermilion::render::style {

inline constexpr float page_width = 595.276F;  // A4
inline constexpr float page_height = 841.89F;
inline constexpr PageSize upright{page_width, page_height};
inline constexpr PageSize landscape{page_height, page_width};
inline constexpr float margin_left = 65;
inline constexpr float margin_right = 65;
inline constexpr float right_edge = page_width - margin_right;
inline constexpr float margin_top = 84;
inline constexpr float margin_bottom = 78;
inline constexpr float text_width = page_width - margin_left - margin_right;
inline constexpr float text_height = page_height - margin_top - margin_bottom;

// The same of any page.
inline constexpr float text_width_of(PageSize size) {
  return size.width - margin_left - margin_right;
}
inline constexpr float text_height_of(PageSize size) {
  return size.height - margin_top - margin_bottom;
}

inline constexpr float body_size = 10.5F;
inline constexpr float body_leading = 17;
inline constexpr float paragraph_gap = 5;
inline constexpr float table_size = 9.2F;
inline constexpr float table_leading = 14;
inline constexpr float small_size = 7.6F;
inline constexpr float small_leading = 11.6F;

inline constexpr Colour ink{0.12F, 0.12F, 0.13F};
inline constexpr Colour quiet{0.42F, 0.41F, 0.40F};
inline constexpr Colour hairline{0.78F, 0.76F, 0.74F};
inline constexpr Colour tint{0.972F, 0.962F, 0.949F};
inline constexpr Colour bar{0.60F, 0.58F, 0.56F};  // of a chart
inline constexpr Colour vermilion{0.651F, 0.204F, 0.102F};  // 朱砂 #A6341B
inline constexpr Colour pale_vermilion{0.88F, 0.74F, 0.68F};
inline constexpr Colour wash{0.93F, 0.74F, 0.68F};      // the mark over a copy
inline constexpr Colour ghost{0.965F, 0.895F, 0.872F};  // the mark under a text

}  // namespace vermilion::render::style
