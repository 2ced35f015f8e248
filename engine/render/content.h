// The content stream of one page: what is drawn, as the operators of PDF.
//
// Shape    Fills, strokes and text in the order of the calls. A colour, a width, a font is set when it changes. With a structure, ink
//          stands in marked content: one sequence for each element it belongs to, numbered from 0, or an artifact.
// Units    Points as in ink.h, y down from the top, turned round here. Written to thousandths.
// Threads  One page, one thread.
// Source   ISO 32000-1 8, 9 and 14.6.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "render/ink.h"
#include "render/structure.h"

namespace vermilion::render {

class PageContent {
 public:
  // `structure` may be null: then nothing is marked.
  PageContent(PageSize size, const Structure* structure) : size_(size), structure_(structure) {}

  void draw(const Fill& fill);
  void draw(const Rule& rule);
  // `font`, `name`: what the resources of the page call the font and the picture, without the slash. `codes`: two bytes for each
  // character.
  void draw(const TextRun& run, std::string_view font, std::string_view codes);
  void draw(const PlacedImage& placed, std::string_view name);

  // What comes from now on belongs to `tag`.
  void mark(Tag tag);

  // The elements of the marked content 0, 1, 2 …
  [[nodiscard]] const std::vector<Tag>& marks() const noexcept { return marks_; }
  // The operators; nothing is drawn after.
  [[nodiscard]] Bytes finish();

 private:
  using Colouring = std::optional<Colour>;

  template <typename... Words>
  void write(const Words&... words);
  void number(float value);
  void word(float value) { number(value); }
  void word(std::string_view text) { operators_ += text; }
  void set_colour(Colouring& now, const Colour& wanted, std::string_view as);
  void set_stroke(const Colour& colour, float width, Stroke stroke);
  void set_font(std::string_view font, float size);
  void set_tracking(float tracking);
  void place(const TextRun& run);
  void show(const TextRun& run, std::string_view codes);
  void put_string(std::string_view bytes);
  void close_mark();

  PageSize size_;
  const Structure* structure_;
  Bytes operators_;
  std::vector<Tag> marks_;
  std::optional<Tag> marked_;
  Colouring fill_;
  Colouring stroke_;
  float width_ = 1;
  Stroke dash_ = Stroke::solid;
  std::string font_;
  float font_size_ = 0;
  float tracking_ = 0;
};

// UTF-16BE in hexadecimal digits.
[[nodiscard]] std::string utf16_hex(std::u32string_view text);

}  // namespace vermilion::render
