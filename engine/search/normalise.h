// Text as it is compared: NFKC case folding and one glyph for the variants of one character, with
// the way back from every character to the bytes it came from.
//
// Text    Any bytes. Ill-formed UTF-8 becomes U+FFFD. U+0000 is left out: a term of such bytes
//         passes Xapian's check and then makes the whole commit fail ("Key too long").
// Source  Unicode Annex 15 and Standard section 5.18; docs-src/formats/search.md.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace vermilion::search {

struct Character {
  char32_t c = 0;
  std::size_t begin =
      0;  // bytes of the source it stands for; several characters may share them (㈠)
  std::size_t end = 0;
};

[[nodiscard]] std::vector<Character> normalise(std::string_view text);

}  // namespace vermilion::search
