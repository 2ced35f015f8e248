// Printed clause labels of Taiwanese official texts: 壹、 一、 （一） 1. （1） 附件：
//
// Shape   A label has a depth from its style (壹 1, 一、 2, （一） 3, 1. 4, （1） 5) and a part,
//         the way it is written in a clause path: parentheses and digits in half width, no
//         separator ("(三)", "6", "肆").
// Source  docs-src/formats/markdown.md.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace vermilion::markup {

struct Label {
  std::string printed;  // as written, its separator included: "（三）", "6.", "附件："
  std::string part;     // "(三)", "6"; "附件" without its number, which is given by position
  int depth = 0;
  std::size_t size = 0;  // bytes it takes at the start of the text, with the spaces around it
};

enum class Place { heading, text };

// The label at the start of `text`, if it is one. In a heading every label counts; in running text
// a pair such as 「一、二樓」 or 「（一）至（三）」 is a part of the sentence, and 附件 is a word.
[[nodiscard]] std::optional<Label> read_label(std::string_view text, Place place);

// The depth a part of a path has by its style; `above` is the depth of the part before it (0:
// none), which it exceeds.
[[nodiscard]] int part_depth(std::string_view part, int above);

// The number a label's digits or numerals say ("十二" 12, "肆" 4, "6" 6), or 0.
[[nodiscard]] int numeral_value(std::u32string_view digits);

}  // namespace vermilion::markup
