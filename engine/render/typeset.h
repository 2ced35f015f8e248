// Breaks text into lines and sets them: Chinese line breaking, Latin-Chinese gaps, justification.
//
// Shape    A Line's ink has its base line at y = 0 and starts at x = 0.
// Rules    Breaks are ICU's (zh_Hant_TW, strict); no line starts with a closing mark or ends with
// an opening one
//          (避頭尾). A word longer than a line is broken where it fits. '\n' in a span ends a line.
// Gaps     Between ideograph and Latin 0.085 em, and justification adds at most 0.08 em after a
//          character: from 0.1 em on, readers take a gap for a space (measured with pdftotext).
// Threads  One document, one Typesetter, one thread.
#pragma once
#include <unicode/brkiter.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "render/fonts.h"
#include "render/ink.h"
#include "render/structure.h"
#include "render/style.h"

namespace vermilion::render {

enum class Stroking { none, under, through };

// Text in one manner. A target (URL or "#anchor") makes it a link, underlined; a raised one is the mark of a note: small,
// and the line does not end before it.
struct Span {
  std::u32string text;
  Weight weight = Weight::regular;
  Colour colour = style::ink;
  std::string target;
  bool raised = false;
  Stroking stroking = Stroking::none;
  bool code = false;  // what a machine reads: Latin letters are half as wide as ideographs
};
using Spans = std::vector<Span>;

[[nodiscard]] Span span(std::string_view utf8, Weight weight = Weight::regular,
                        Colour colour = style::ink);

struct Line {
  Ink ink;
  float width = 0;
};

enum class Edge { ragged, justified };

class Typesetter {
 public:
  Typesetter(Fonts& fonts, Structure& structure);

  // What the lines mean is noted here by whoever places them.
  [[nodiscard]] Structure& structure() const noexcept { return structure_; }

  // The lines of `spans` in `width` points; none for an empty text.
  [[nodiscard]] std::vector<Line> lines(const Spans& spans, float size, float width,
                                        Edge edge = Edge::ragged);
  // One line however long.
  [[nodiscard]] Line line(const Spans& spans, float size);
  // The width of the widest line when nothing is broken.
  [[nodiscard]] float natural_width(const Spans& spans, float size);
  // The width of the widest part in which no line may end.
  [[nodiscard]] float longest_word(const Spans& spans, float size);
  // `text` as it is, or cut with … so that it fits.
  [[nodiscard]] Line fitted(const Span& text, float size, float width);

 private:
  Fonts& fonts_;
  Structure& structure_;
  std::unique_ptr<icu::BreakIterator> breaks_;
};

}  // namespace vermilion::render
