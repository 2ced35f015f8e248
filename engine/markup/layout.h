// How a text asks to be set, in its own front matter: "style: official", "orientation: landscape".
//
// Errors  invalid "bad-layout" naming the value.
// Source  docs-src/formats/markdown.md 1.
#pragma once
#include <map>
#include <string>

namespace vermilion::markup {

struct Layout {
  bool official = false;   // 明體 and 楷體 instead of the report's sans
  bool landscape = false;  // every page of the text
};

[[nodiscard]] Layout layout_of(const std::map<std::string, std::string>& front_matter);

// The front matter that asks for `front_matter`'s layout, "---" lines included; "" where it asks for nothing.
[[nodiscard]] std::string layout_lines(const std::map<std::string, std::string>& front_matter);

}  // namespace vermilion::markup
