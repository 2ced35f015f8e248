// What leads from a sheet of paper back to the store: a QR code, and the same to be typed.
#include "render/front.h"
#include "render/qr.h"

namespace vermilion::render {
namespace {

constexpr float gap = 10;
constexpr float leading = style::small_leading + 1.5F;

class Composer {
 public:
  Composer(const PaperCode& code, float side, Typesetter& typesetter)
      : code_(code), side_(side), typesetter_(typesetter) {}

  // The square at x, its words at `words_x`, `room` wide, or ending at `words_x` if there is no room.
  Piece compose(float x, float words_x, float room) {
    square(x);
    y_ = (side_ - 2 * leading) / 2 + style::small_size;
    words(code_.caption, Weight::regular, style::quiet, words_x, room);
    words(code_.words, Weight::bold, style::ink, words_x, room);
    piece_.height = std::max(side_, y_);
    return std::move(piece_);
  }

 private:
  void square(float x) {
    Ink ink = qr_ink(code_.link, side_);
    const Tag figure = typesetter_.structure().add("Figure");
    typesetter_.structure().at(figure).alternate = "QR 碼：" + code_.link;
    typesetter_.structure().mark(ink, figure);
    piece_.ink.add(ink, x, 0);
  }

  void words(const std::string& text, Weight weight, Colour colour, float x, float room) {
    const Tag paragraph = typesetter_.structure().add("P");
    const float width = room > 0 ? room : x;
    for (Line& line :
         typesetter_.lines({span(text, weight, colour)}, style::small_size + 0.6F, width)) {
      typesetter_.structure().mark(line.ink, paragraph);
      piece_.ink.add(line.ink, room > 0 ? x : x - line.width, y_);
      y_ += leading;
    }
  }

  const PaperCode& code_;
  float side_;
  Typesetter& typesetter_;
  Piece piece_;
  float y_ = 0;
};

}  // namespace

Piece cover_code(const PaperCode& code, Typesetter& typesetter) {
  constexpr float side = 66;
  return Composer(code, side, typesetter)
      .compose(0, side + gap, style::text_width - side - gap);
}

Piece sheet_code(const PaperCode& code, Typesetter& typesetter) {
  constexpr float side = 52;
  return Composer(code, side, typesetter)
      .compose(style::text_width - side, style::text_width - side - gap, 0);
}

}  // namespace vermilion::render
