// The characters of some spans, each measured and marked with where lines may end: between spans
// and lines.
#pragma once
#include <unicode/brkiter.h>

#include "render/typeset.h"

namespace vermilion::render {

// The size of a raised mark, as a part of the text's.
inline constexpr float raised_size = 0.66F;

struct Glyph {
  char32_t c = 0;
  int face = 0;
  float advance = 0;     // em
  float gap_before = 0;  // em, at a border of ideographs and Latin
  size_t span = 0;
  bool embolden = false;
  bool wide = false;  // ideograph or full-width mark: may be spread when justified
  bool may_break_before = false;
  bool must_break_before = false;
};

// Invisible characters are left out after they had their say on breaks. The end of a line in the text is a blank after which
// the line ends.
[[nodiscard]] std::vector<Glyph> glyphs_of(const Spans& spans, Fonts& fonts,
                                           icu::BreakIterator& breaks);

// Where a line that begins at `begin` ends: [begin, end) is printed, the blanks in [end, next) are read and not seen, `next`
// begins the following line.
struct LineRange {
  size_t begin;
  size_t end;
  size_t next;
};
[[nodiscard]] LineRange take_line(const std::vector<Glyph>& glyphs, size_t begin, float width_em);

// An ideograph or a full-width mark.
[[nodiscard]] bool is_wide(char32_t c) noexcept;

// Marks that may not start a line, and marks that may not end one.
[[nodiscard]] bool may_not_start(char32_t c) noexcept;
[[nodiscard]] bool may_not_end(char32_t c) noexcept;

}  // namespace vermilion::render
