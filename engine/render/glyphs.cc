#include "render/glyphs.h"

#include <unicode/uchar.h>

#include "base/text.h"

namespace vermilion::render {
namespace {

constexpr float latin_gap = 0.085F;
constexpr std::u32string_view no_start =
    U"，。、；：？！）」』〕】》〉﹂﹄％‰…—～·‧・／,.;:?!)]}%”’";
constexpr std::u32string_view no_end = U"（「『〔【《〈﹁﹃([{￥＄“‘";

bool is_latin(char32_t c) { return c < 0x250 && u_isalnum(static_cast<UChar32>(c)); }

bool is_private_ideograph(char32_t c) { return c >= 0xF0000 && is_cjk(c); }

float gap_between(char32_t before, char32_t after) {
  const bool border = (is_cjk(before) && is_latin(after)) || (is_latin(before) && is_cjk(after));
  return border ? latin_gap : 0;
}

// A curly quotation mark is as wide as its words: the letter beside it says whose it is.
Hand hand_of(char32_t before, char32_t c, char32_t after, const Span& span) {
  const auto is_word = [](char32_t other) { return other > U' ' && other < 0x250; };
  if (span.code) return Hand::code;
  const bool latin = is_curly_quote(c) ? is_word(before) || is_word(after) : c < 0x2000;
  return latin ? Hand::latin : Hand::chinese;
}

// What stands after the character at `at` of a span.
char32_t following(const Spans& spans, size_t s, size_t at) {
  if (at + 1 < spans[s].text.size()) return spans[s].text[at + 1];
  return s + 1 < spans.size() && !spans[s + 1].text.empty() ? spans[s + 1].text.front() : 0;
}

// ICU knows nothing of a private ideograph (plane 15); one of plane 2 breaks as it should and is as long.
std::u16string utf16(const Spans& spans) {
  std::u16string text;
  for (const Span& span : spans) {
    for (char32_t c : span.text) {
      if (is_private_ideograph(c)) c = 0x20000;
      if (c > 0xFFFF) text += U16_LEAD(c);
      text += c > 0xFFFF ? U16_TRAIL(c) : static_cast<char16_t>(c);
    }
  }
  return text;
}

// ICU answers in UTF-16 offsets: text and offsets side by side.
std::vector<bool> break_offsets(const std::u16string& text, icu::BreakIterator& breaks) {
  std::vector<bool> may(text.size() + 1, false);
  const icu::UnicodeString alias(false, text.data(), static_cast<int32_t>(text.size()));
  breaks.setText(alias);
  for (auto at = breaks.first(); at != icu::BreakIterator::DONE; at = breaks.next())
    may[static_cast<size_t>(at)] = true;
  return may;
}

}  // namespace

bool is_wide(char32_t c) noexcept {
  if (is_private_ideograph(c)) return true;
  const int width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

bool may_not_start(char32_t c) noexcept { return no_start.find(c) != std::u32string_view::npos; }
bool may_not_end(char32_t c) noexcept { return no_end.find(c) != std::u32string_view::npos; }

std::vector<Glyph> glyphs_of(const Spans& spans, Fonts& fonts, icu::BreakIterator& breaks) {
  const auto may_break = break_offsets(utf16(spans), breaks);
  std::vector<Glyph> glyphs;
  glyphs.reserve(may_break.size());
  size_t offset = 0;
  bool break_pending = false;
  bool line_ended = false;
  for (size_t s = 0; s < spans.size(); ++s) {
    for (size_t i = 0; i < spans[s].text.size(); ++i) {
      char32_t c = spans[s].text[i];
      break_pending = break_pending || may_break[offset];
      offset += c > 0xFFFF ? 2 : 1;
      const bool ends_line = c == U'\n';
      if (is_invisible(c) || (ends_line && (line_ended || glyphs.empty()))) continue;
      if (ends_line || c == U'\t' || (is_blank(c) && c != 0x3000)) c = U' ';
      const bool raised = spans[s].raised;
      const char32_t before = glyphs.empty() ? 0 : glyphs.back().c;
      const auto found =
          fonts.use(c, spans[s].weight, hand_of(before, c, following(spans, s, i), spans[s]));
      const bool allowed = break_pending && !raised && !may_not_start(c) && !may_not_end(before);
      const bool beside = raised || (!glyphs.empty() && spans[glyphs.back().span].raised);
      glyphs.push_back({c, found.face, found.advance * (raised ? raised_size : 1),
                        beside ? 0 : gap_between(before, c), s, found.embolden, is_wide(c), allowed,
                        line_ended});
      break_pending = false;
      line_ended = ends_line;
    }
  }
  return glyphs;
}

namespace {

// A word is broken only where at least so much of it stays on the line.
constexpr size_t least_part = 4;

// Whether the part in which no line may end, from `begin` on, is wider than a line.
bool overflows(const std::vector<Glyph>& glyphs, size_t begin, float width_em) {
  float x = 0;
  for (size_t i = begin; i < glyphs.size() && x <= width_em; ++i) {
    const bool ends = glyphs[i].may_break_before || glyphs[i].must_break_before;
    if (glyphs[i].c == U' ' || (i > begin && ends)) return false;
    x += glyphs[i].advance + (i > begin ? glyphs[i].gap_before : 0);
  }
  return x > width_em;
}

// Where to break what overflows: before `end`, at marks that allow it; a run of marks that never do is filled.
size_t broken_within(const std::vector<Glyph>& glyphs, size_t first, size_t end) {
  for (size_t at = end; at > first; --at) {
    if (!may_not_start(glyphs[at].c) && !may_not_end(glyphs[at - 1].c)) return at;
  }
  return end;
}

// `end` begins what does not fit any more, `allowed` the last part that began on the line.
size_t line_end(const std::vector<Glyph>& glyphs, size_t begin, size_t allowed, size_t end,
                float width_em) {
  if (allowed > begin && (end < allowed + least_part || !overflows(glyphs, allowed, width_em)))
    return allowed;
  return broken_within(glyphs, allowed, end);
}

}  // namespace

LineRange take_line(const std::vector<Glyph>& glyphs, size_t begin, float width_em) {
  float x = 0;
  size_t end = begin;
  size_t last_allowed = begin;
  while (end < glyphs.size()) {
    const Glyph& glyph = glyphs[end];
    if (end > begin && glyph.must_break_before) break;
    if (end > begin && glyph.may_break_before) last_allowed = end;
    x += glyph.advance + (end > begin ? glyph.gap_before : 0);
    if (x > width_em + 0.001F && glyph.c != U' ' && end > begin) break;
    ++end;
  }
  if (end < glyphs.size() && !glyphs[end].must_break_before)
    end = line_end(glyphs, begin, last_allowed, end, width_em);
  LineRange range{begin, end, end};
  while (range.end > begin && glyphs[range.end - 1].c == U' ') --range.end;
  while (range.next < glyphs.size() && glyphs[range.next].c == U' ' &&
         !glyphs[range.next].must_break_before)
    ++range.next;
  return range;
}

}  // namespace vermilion::render
