// Different ways to write the same word in Traditional Chinese.
//
// Shape   Glyph variants (臺 台) are one character to the analyser, in the index and in queries.
//         Word variants (紀錄 記錄) differ only inside certain words, so the index keeps them
//         apart and a query tries all: folding 份 into 分 everywhere would make 備份 find
//         設備分類.
// Source  Ministry of Education dictionary of variants; docs-src/formats/search.md.
#pragma once
#include <string>
#include <vector>

namespace vermilion::search {

// The character that stands for `c` and its glyph variants.
[[nodiscard]] char32_t fold_glyph(char32_t c) noexcept;

// Groups of spellings of one word; all spellings of a group have the same number of characters.
[[nodiscard]] const std::vector<std::vector<std::u32string>>& word_variants();

}  // namespace vermilion::search
