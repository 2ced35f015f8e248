// From tokens to index terms: words as they are, Han runs as pairs of neighbouring characters.
//
// Shape   Every pair has a position. Every single character is a term as well, so that a query of
//         one character works; only the first and last of a run have a position, where a phrase may
//         go on into a word (第12條). A phrase then needs pairs only, never an inner single
//         character.
// Source  docs-src/formats/search.md.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "search/analyser.h"

namespace vermilion::search {

struct Posting {
  std::string term;
  std::uint32_t position = 0;  // 0: none
};

// The term for two tokens with punctuation between them, whichever punctuation it is.
[[nodiscard]] std::string joint(const Token& before, const Token& after);

[[nodiscard]] std::vector<Posting> postings(const std::vector<Token>& tokens);

// The pieces of a phrase between punctuation; each is a run of adjacent tokens.
[[nodiscard]] std::vector<std::vector<Token>> segments(const std::vector<Token>& phrase);

// The terms that stand at consecutive positions wherever the segment occurs.
[[nodiscard]] std::vector<std::string> segment_terms(const std::vector<Token>& segment);

}  // namespace vermilion::search
