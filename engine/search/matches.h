// Where the words of a query stand in a text.
#pragma once
#include <cstddef>
#include <vector>

#include "search/query_parser.h"

namespace vermilion::search {

struct Match {
  std::size_t begin = 0;  // bytes of the text
  std::size_t end = 0;
  std::size_t word = 0;  // which word of the query, counted from 0
};

// In order of `begin`. Words to be left out (-word) match nowhere.
[[nodiscard]] std::vector<Match> find_matches(const std::vector<Token>& text,
                                              const ParsedQuery& query);

}  // namespace vermilion::search
