// What a person typed, as groups of phrases.
//
// Shape   White space = AND; "…" (also “…” 「…」 『…』) = phrase; -word = NOT; OR joins the two
//         words beside it before AND applies: 稽核 OR 查核 紀錄 = (稽核 or 查核) and 紀錄.
//         Anything else is text to look for. Letters followed by digits (ISO27001) count as two
//         words. Each word carries its other spellings.
// Limits  The first 16 KiB of text, 32 words, 256 tokens and 16 spellings a word; what is beyond
//         is left out, so that a query of a megabyte costs no more than one of a page.
// Errors  Never throws on any bytes.
// Source  docs-src/formats/search.md.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "search/analyser.h"

namespace vermilion::search {

using Phrase = std::vector<Token>;

// One word or quoted phrase; an entry that has any of the spellings has it. spellings[0] is as
// typed.
struct Wanted {
  std::vector<Phrase> spellings;
  bool apart = false;  // its tokens may stand anywhere in the entry (ISO27001 is ISO 27001, and
                       // ISO/IEC 27001)
};

struct ParsedQuery {
  std::vector<std::vector<Wanted>> required;  // each group: one of them is enough
  std::vector<Wanted> excluded;
  Phrase together;  // all words in a row, for ranking; empty when there is one word only or an OR
  std::vector<std::string> also;  // the other spellings, at most 8

  [[nodiscard]] bool empty() const noexcept { return required.empty(); }
};

[[nodiscard]] ParsedQuery parse_query(std::string_view text);

}  // namespace vermilion::search
