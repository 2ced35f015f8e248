// The piece of a text that shows why it was found, with the places to highlight.
//
// Shape   The window with the most different words of the query, beginning behind 。；！？ or a
//         line end when one is near; "…" where text was left out. Line ends and control characters
//         read as spaces. Plain text: the page escapes it.
// Units   Marks are byte ranges in `text`, in order, not overlapping. A window is about 300 bytes.
//         No UTF-8 sequence and no word is cut (words beyond 120 bytes are).
// Limits  Looks at the first 256 KiB of the text.
// Why     MSet::snippet of Xapian 1.4.22 cannot mark pairs of Han characters and may return HTML
//         as it stood in the text.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "search/query_parser.h"

namespace vermilion::search {

struct Excerpt {
  std::string text;
  std::vector<std::pair<std::size_t, std::size_t>> marks;
};

[[nodiscard]] Excerpt make_excerpt(std::string_view text, const ParsedQuery& query);

}  // namespace vermilion::search
