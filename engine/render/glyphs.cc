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

bool is_wide(char32_t c) {
  if (is_private_ideograph(c)) return true;
  const int width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

float gap_between(char32_t before, char32_t after) {
  const bool border = (is_cjk(before) && is_latin(after)) || (is_latin(before) && is_cjk(after));
  return border ? latin_gap : 0;
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
    for (char32_t c : spans[s].text) {
      break_pending = break_pending || may_break[offset];
      offset += c > 0xFFFF ? 2 : 1;
      if (c == U'\n') line_ended = true;
      if (c == U'\n' || is_invisible(c)) continue;
      if (c == U'\t' || (is_blank(c) && c != 0x3000)) c = U' ';
      const bool raised = spans[s].raised;
      const auto found = fonts.use(c, spans[s].weight);
      const char32_t before = glyphs.empty() ? 0 : glyphs.back().c;
      const bool allowed = break_pending && !raised && !may_not_start(c) && !may_not_end(before);
      const bool beside = raised || (!glyphs.empty() && spans[glyphs.back().span].raised);
      glyphs.push_back({c, found.face, found.advance * (raised ? raised_size : 1),
                        beside ? 0 : gap_between(before, c), s, found.embolden, is_wide(c), allowed,
                        line_ended});
      break_pending = line_ended = false;
    }
  }
  return glyphs;
}

LineRange take_line(const std::vector<Glyph>& glyphs, size_t begin, float width_em) {
  float x = 0;
  size_t end = begin;
  size_t last_allowed = begin;
  while (end < glyphs.size()) {
    const Glyph& glyph = glyphs[end];
    if (end > begin && glyph.must_break_before) return {begin, end, end};
    if (end > begin && glyph.may_break_before) last_allowed = end;
    x += glyph.advance + (end > begin ? glyph.gap_before : 0);
    if (x > width_em + 0.001F && glyph.c != U' ' && end > begin) break;
    ++end;
  }
  if (end < glyphs.size()) {
    if (last_allowed == begin) {  // a word longer than the line
      while (end > begin + 1 && (may_not_start(glyphs[end].c) || may_not_end(glyphs[end - 1].c)))
        --end;
    } else {
      end = last_allowed;
    }
  }
  LineRange range{begin, end, end};
  while (range.end > begin && glyphs[range.end - 1].c == U' ') --range.end;
  while (range.next < glyphs.size() && glyphs[range.next].c == U' ' &&
         !glyphs[range.next].must_break_before)
    ++range.next;
  return range;
}

}  // namespace vermilion::render
