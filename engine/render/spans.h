// Inline markup as spans of one manner each.
#pragma once
#include <string>
#include <vector>

#include "markup/document.h"
#include "render/typeset.h"

namespace vermilion::render {

// Strong and emphasis are bold (Chinese has no italic), links coloured, an image is 〔圖：its alt
// text〕, inserted text underlined, deleted text struck and quiet. The mark of a note is a raised link to "#n-1". A soft
// break is nothing between two ideographs and a space elsewhere.
[[nodiscard]] Spans spans_of(const std::vector<markup::Inline>& content,
                             Weight weight = Weight::regular, Colour colour = style::ink);

// `spans` without `prefix` and the blanks after it, if they begin with it.
[[nodiscard]] Spans without_prefix(Spans spans, std::u32string_view prefix);

// The characters alone, without the marks of notes.
[[nodiscard]] std::u32string text_of(const Spans& spans);

}  // namespace vermilion::render
