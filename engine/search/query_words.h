// The words of a query before they are analysed: quotes, minus signs and OR.
//
// Text    Code points; full-width forms (＂ － ＯＲ U+3000) act as their narrow ones.
// Errors  None: an unclosed quote reaches to the end.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vermilion::search {

struct QueryWord {
  std::u32string text;
  bool quoted = false;
  bool negated = false;
};

[[nodiscard]] std::vector<QueryWord> split_query(std::u32string_view text);

[[nodiscard]] bool is_or(const QueryWord& word) noexcept;

}  // namespace vermilion::search
