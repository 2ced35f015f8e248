#include "render/paginate.h"

#include "render/style.h"

namespace vermilion::render {
namespace {

constexpr float page_end = style::margin_top + style::text_height;

class Paginator {
 public:
  void add_chain(const Piece* first, const Piece* last) {
    if (first->starts_page || (!fits(height_of(first, last)) && !at_top_)) new_page();
    for (const Piece* piece = first; piece != last; ++piece) {
      if (!at_top_ && !fits(piece->space_before + piece->height)) new_page();
      put(*piece);
    }
  }

  Pages finish() { return std::move(result_); }

 private:
  [[nodiscard]] static float height_of(const Piece* first, const Piece* last) {
    float height = 0;
    for (const Piece* piece = first; piece != last; ++piece)
      height += piece->space_before + piece->height;
    return height;
  }

  [[nodiscard]] bool fits(float height) const {
    return !result_.pages.empty() && y_ + height <= page_end + 0.01F;
  }

  void new_page() {
    if (!at_top_ && last_->at_break) {
      Ink closing;
      closing.rules.push_back(*last_->at_break);
      result_.pages.back().add(closing, style::margin_left, last_top_);
    }
    if (at_top_ && !result_.pages.empty()) return;
    result_.pages.emplace_back();
    y_ = style::margin_top;
    at_top_ = true;
  }

  void put(const Piece& piece) {
    if (result_.pages.empty()) new_page();
    if (at_top_ && piece.header) draw(piece.header->height, as_artifact(piece.header->ink));
    if (!at_top_) y_ += piece.space_before;
    for (const auto& anchor : piece.anchors)
      result_.anchors.emplace(anchor, Place{result_.pages.size() - 1, y_});
    draw(piece.height, piece.ink);
    last_ = &piece;
  }

  void draw(float height, const Ink& ink) {
    result_.pages.back().add(ink, style::margin_left, y_);
    last_top_ = y_;
    y_ += height;
    at_top_ = false;
  }

  Pages result_;
  float y_ = 0;
  float last_top_ = 0;
  bool at_top_ = true;
  const Piece* last_ = nullptr;
};

}  // namespace

Pages paginate(const std::vector<Piece>& pieces) {
  Paginator paginator;
  for (size_t first = 0; first < pieces.size();) {
    size_t last = first;
    while (pieces[last].keep_with_next && last + 1 < pieces.size() && !pieces[last + 1].starts_page)
      ++last;
    paginator.add_chain(&pieces[first], &pieces[last] + 1);
    first = last + 1;
  }
  return paginator.finish();
}

}  // namespace vermilion::render
