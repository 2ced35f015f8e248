// What a reader sees as one character of a text, the unit of comparison.
#pragma once
#include <string_view>
#include <vector>

namespace vermilion::markup {

// Views into `text` that join to it: a code point with the marks and variation selectors that
// belong to it, or a run of ASCII digits or of ASCII letters ("ISO", "27001"). Bytes that are not
// UTF-8 are units of their own.
[[nodiscard]] std::vector<std::string_view> text_units(std::string_view text);

}  // namespace vermilion::markup
