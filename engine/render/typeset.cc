#include "render/typeset.h"

#include "base/error.h"
#include "base/text.h"
#include "render/glyphs.h"

namespace vermilion::render {
namespace {

constexpr float widest_spread = 0.08F;  // em
constexpr float endless = 1e9F;
constexpr float raised_by = 0.36F;  // em

// How much to add after each wide character so that the line fills `width_em`; 0 if that would
// show.
float spread_of(const std::vector<Glyph>& glyphs, const LineRange& range, float width_em) {
  float width = 0;
  int places = 0;
  for (size_t i = range.begin; i < range.end; ++i) {
    width += glyphs[i].advance + (i > range.begin ? glyphs[i].gap_before : 0);
    if (i + 1 < range.end && glyphs[i].wide && glyphs[i + 1].gap_before == 0) ++places;
  }
  const float slack = width_em - width;
  if (places == 0 || slack <= 0 || slack > widest_spread * static_cast<float>(places)) return 0;
  return slack / static_cast<float>(places);
}

void stroke(Ink& ink, const TextRun& run, float end, const Span& span) {
  const bool linked = !span.target.empty() && !span.raised;
  const auto at = [&](float y, float thickness) {
    ink.rules.push_back({run.x, y, end, y, thickness, span.colour});
  };
  if (linked) at(run.size * 0.16F, 0.35F);
  if (span.stroking == Stroking::under) at(run.size * 0.19F, 0.6F);
  if (span.stroking == Stroking::through) at(-run.size * 0.34F, 0.6F);
  if (!span.target.empty())
    ink.links.push_back(
        {run.x, run.y - run.size * 0.9F, end, run.y + run.size * 0.25F, span.target, run.tag});
}

// The element of each span: its own for a link, whose lines are one, and for code; none for the rest.
std::vector<Tag> own_tags(const Spans& spans, Structure& structure) {
  std::vector<Tag> tags;
  for (const Span& span : spans) {
    const char* role = !span.target.empty() ? "Link" : span.code ? "Code" : nullptr;
    tags.push_back(role == nullptr ? artifact : structure.add_loose(role));
  }
  return tags;
}

// Collects glyphs into runs of one face and one manner.
class LineSetter {
 public:
  LineSetter(const Fonts& fonts, const Spans& spans, const std::vector<Tag>& tags, float size,
             float spread)
      : fonts_(fonts), spans_(spans), tags_(tags), size_(size), spread_(spread) {}

  // `next_gap`: the gap before the following glyph, which takes the place of spreading.
  void add(const Glyph& glyph, bool first, float next_gap) {
    const bool tracked = glyph.wide && spread_ > 0;
    if (!first) x_ += glyph.gap_before * size_;
    if (!open_ || glyph.gap_before > 0 || glyph.face != run_.face || glyph.span != span_ ||
        tracked != tracked_) {
      close();
      run_ = {x_,
              drop_of(glyph.face) - (spans_[glyph.span].raised ? raised_by * size_ : 0),
              spans_[glyph.span].raised ? raised_size * size_ : size_,
              glyph.face,
              spans_[glyph.span].colour,
              tracked ? spread_ * size_ : 0,
              0,
              glyph.embolden,
              {},
              tags_[glyph.span]};
      open_ = true;
      span_ = glyph.span;
      tracked_ = tracked;
    }
    run_.text += glyph.c;
    x_ += (glyph.advance + (tracked && next_gap == 0 ? spread_ : 0)) * size_;
  }

  // Of the blanks at the end of a line: what is read out needs the border of the words, the line has no width of it.
  void add_silent(const Glyph& blank) {
    const float end = x_;
    add(blank, !open_, 1);
    x_ = end;
  }

  Line finish() {
    close();
    line_.width = x_;
    return std::move(line_);
  }

 private:
  // The em boxes of all faces stand on one line.
  [[nodiscard]] float drop_of(int face) const {
    return (fonts_.faces()[static_cast<size_t>(face)]->ascent() - line_ascent) * size_;
  }

  void close() {
    if (!open_) return;
    stroke(line_.ink, run_, x_, spans_[span_]);
    line_.ink.texts.push_back(std::move(run_));
    open_ = false;
  }

  const Fonts& fonts_;
  const Spans& spans_;
  const std::vector<Tag>& tags_;
  float size_;
  float spread_;
  Line line_;
  TextRun run_;
  float x_ = 0;
  size_t span_ = 0;
  bool open_ = false;
  bool tracked_ = false;
};

Line set_line(const Fonts& fonts, const Spans& spans, const std::vector<Tag>& tags,
              const std::vector<Glyph>& glyphs, const LineRange& range, float size, float spread) {
  LineSetter setter(fonts, spans, tags, size, spread);
  for (size_t i = range.begin; i < range.end; ++i) {
    const float next_gap = i + 1 < range.end ? glyphs[i + 1].gap_before : 1;
    setter.add(glyphs[i], i == range.begin, next_gap);
  }
  if (range.end > range.begin && range.next > range.end) setter.add_silent(glyphs[range.end]);
  return setter.finish();
}

}  // namespace

Span span(std::string_view text, Weight weight, Colour colour) {
  return {code_points(text), weight, colour, {}, false, Stroking::none};
}

Typesetter::Typesetter(Fonts& fonts, Structure& structure) : fonts_(fonts), structure_(structure) {
  UErrorCode status = U_ZERO_ERROR;
  breaks_.reset(
      icu::BreakIterator::createLineInstance(icu::Locale("zh_Hant_TW@lb=strict"), status));
  if (U_FAILURE(status)) {
    throw Error(Failure::unavailable, "icu-data-missing",
                {"ICU 的斷行資料無法載入；請重新安裝 libicu72。",
                 "ICU's line breaking data cannot be loaded. Install libicu72 again."});
  }
}

std::vector<Line> Typesetter::lines(const Spans& spans, float size, float width, Edge edge) {
  const auto glyphs = glyphs_of(spans, fonts_, *breaks_);
  const auto tags = own_tags(spans, structure_);
  std::vector<Line> result;
  const float width_em = width / size;
  for (size_t at = 0; at < glyphs.size();) {
    const LineRange range = take_line(glyphs, at, width_em);
    const bool full = range.next < glyphs.size() && !glyphs[range.next].must_break_before;
    const float spread = edge == Edge::justified && full ? spread_of(glyphs, range, width_em) : 0;
    result.push_back(set_line(fonts_, spans, tags, glyphs, range, size, spread));
    at = range.next;
  }
  return result;
}

Line Typesetter::line(const Spans& spans, float size) {
  auto all = lines(spans, size, endless);
  return all.empty() ? Line{} : std::move(all.front());
}

// Blanks at the end of a line have no width, as in take_line.
float Typesetter::natural_width(const Spans& spans, float size) {
  float widest = 0;
  float line = 0;
  bool begins = true;
  for (const Glyph& glyph : glyphs_of(spans, fonts_, *breaks_)) {
    begins = begins || glyph.must_break_before;
    line = begins ? glyph.advance : line + glyph.gap_before + glyph.advance;
    begins = false;
    if (glyph.c != U' ') widest = std::max(widest, line);
  }
  return widest * size;
}

float Typesetter::longest_word(const Spans& spans, float size) {
  float longest = 0;
  float word = 0;
  for (const Glyph& glyph : glyphs_of(spans, fonts_, *breaks_)) {
    const bool begins = glyph.may_break_before || glyph.must_break_before;
    word = glyph.c == U' ' ? 0 : glyph.advance + (begins ? 0 : word + glyph.gap_before);
    longest = std::max(longest, word);
  }
  return longest * size;
}

Line Typesetter::fitted(const Span& text, float size, float width) {
  Line whole = line({text}, size);
  Span cut = text;
  while (whole.width > width && !cut.text.empty()) {
    cut.text.pop_back();
    Span shown = cut;
    shown.text += U'…';
    whole = line({shown}, size);
  }
  return whole;
}

}  // namespace vermilion::render
