#include "render/paginate.h"

#include <algorithm>
#include <set>

#include "render/style.h"

namespace vermilion::render {
namespace {

constexpr float above_notes = 14;  // between the text and the notes, with the rule
constexpr float rule_to_notes = 5;
constexpr float rule_width = 120;
constexpr float most_of_notes = 0.6F;  // of a page, while text follows
constexpr size_t lines_with_mark = 2;

float height_of(const std::vector<const Piece*>& lines, size_t count) {
  float height = 0;
  for (size_t i = 0; i < std::min(count, lines.size()); ++i) height += lines[i]->height;
  return height;
}

// The lines of notes that stand at the foot of the open page, and those left for the next one.
class Foot {
 public:
  explicit Foot(const Notes& notes) : notes_(notes) {}

  // How much more of the page the notes of a piece ask for: whole, or the lines that have to stand with it.
  [[nodiscard]] float asked(const Piece& piece, bool whole) const {
    float height = 0;
    for (const auto& link : piece.ink.links) {
      const auto* lines = unplaced(link.target);
      if (lines == nullptr) continue;
      const size_t count = whole ? lines->size() : std::min(lines_with_mark, lines->size());
      for (size_t i = 0; i < count; ++i) height += (*lines)[i].height;
    }
    return height > 0 && shown_.empty() ? height + above_notes : height;
  }

  // Takes the notes whose first marks are in `piece`, and those that have marks in them.
  void take(const Ink& ink) {
    const size_t before = waiting_.size();
    take_one(ink);
    for (size_t i = before; i < waiting_.size(); ++i) take_one(waiting_[i]->ink);
  }

  // Shows as many waiting lines as `room` has; the others wait for the next page.
  void show(float room) {
    size_t count = 0;
    float height = shown_.empty() ? above_notes : 0;
    while (count < waiting_.size() && height + waiting_[count]->height <= room + 0.01F)
      height += waiting_[count++]->height;
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    shown_.insert(shown_.end(), waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
  }

  [[nodiscard]] float height() const {
    return shown_.empty() ? 0 : above_notes + height_of(shown_, shown_.size());
  }

  [[nodiscard]] bool waits() const { return !waiting_.empty(); }

  // The lines shown, taken out.
  std::vector<const Piece*> close() { return std::exchange(shown_, {}); }

 private:
  void take_one(const Ink& ink) {
    for (const auto& link : ink.links) {
      const auto* lines = unplaced(link.target);
      if (lines == nullptr) continue;
      placed_.insert(link.target.substr(1));
      for (const Piece& line : *lines) waiting_.push_back(&line);
    }
  }

  [[nodiscard]] const std::vector<Piece>* unplaced(const std::string& target) const {
    if (!target.starts_with("#n-")) return nullptr;
    const auto found = notes_.find(target.substr(1));
    return found == notes_.end() || placed_.contains(found->first) ? nullptr : &found->second;
  }

  const Notes& notes_;
  std::set<std::string> placed_;
  std::vector<const Piece*> shown_;
  std::vector<const Piece*> waiting_;
};

class Paginator {
 public:
  explicit Paginator(const Notes& notes) : foot_(notes) {}

  void add_chain(const Piece* first, const Piece* last) {
    const bool landscape =
        std::any_of(first, last, [](const Piece& piece) { return piece.landscape; });
    turn(landscape ? style::landscape : style::upright);
    if (first->starts_page || (!fits(first, last, true) && !at_top_)) new_page();
    for (const Piece* piece = first; piece != last; ++piece) {
      // At the top of a page only notes that go on from the one before can be in its way.
      while ((!at_top_ || foot_.height() > 0) && !fits(piece, piece + 1, false)) begin_page();
      put(*piece);
    }
  }

  Pages finish() {
    while (foot_.waits()) begin_page();
    close_page();
    return std::move(result_);
  }

 private:
  void turn(PageSize size) {
    if (size == size_) return;
    size_ = size;
    if (!result_.pages.empty()) new_page();
  }

  [[nodiscard]] float page_end() const {
    return style::margin_top + style::text_height_of(result_.pages.back().size) - foot_.height();
  }

  [[nodiscard]] bool fits(const Piece* first, const Piece* last, bool whole_notes) const {
    if (result_.pages.empty()) return false;
    float height = 0;
    for (const Piece* piece = first; piece != last; ++piece)
      height += piece->space_before + piece->height + foot_.asked(*piece, whole_notes);
    return y_ + height <= page_end() + 0.01F;
  }

  void new_page() {
    if (!at_top_ || result_.pages.empty()) return begin_page();
    result_.pages.back().size = size_;
  }

  void begin_page() {
    if (!at_top_ && last_->at_break) {
      Ink closing;
      closing.rules.push_back(*last_->at_break);
      result_.pages.back().add(closing, style::margin_left, last_top_);
    }
    close_page();
    result_.pages.emplace_back().size = size_;
    y_ = style::margin_top;
    at_top_ = true;
    foot_.show(most_of_notes * style::text_height_of(size_));
  }

  // The notes, below a short rule.
  void close_page() {
    if (foot_.height() == 0) return;
    Page& page = result_.pages.back();
    float y = page_end() + above_notes;
    const float rule_y = y - rule_to_notes;
    page.rules.push_back(
        {style::margin_left, rule_y, style::margin_left + rule_width, rule_y, 0.4F, style::quiet});
    for (const Piece* line : foot_.close()) {
      note_anchors(line->ink, y);
      page.add(line->ink, style::margin_left, y);
      y += line->height;
    }
  }

  // A line that leads back to the mark of note 1 is where note 1 begins.
  void note_anchors(const Ink& ink, float y) {
    for (const auto& link : ink.links) {
      if (link.target.starts_with("#nr-")) anchor("n-" + link.target.substr(4), y);
      if (link.target.starts_with("#n-")) anchor("nr-" + link.target.substr(3), y);
    }
  }

  void put(const Piece& piece) {
    if (result_.pages.empty()) new_page();
    if (at_top_ && piece.header) draw(piece.header->height, as_artifact(piece.header->ink));
    if (!at_top_) y_ += piece.space_before;
    for (const auto& name : piece.anchors) anchor(name, y_);
    note_anchors(piece.ink, y_);
    draw(piece.height, piece.ink);
    foot_.take(piece.ink);
    if (foot_.waits()) foot_.show(page_end() - y_);
    last_ = &piece;
  }

  void anchor(const std::string& name, float y) {
    result_.anchors.emplace(name, Place{result_.pages.size() - 1, y});
  }

  void draw(float height, const Ink& ink) {
    result_.pages.back().add(ink, style::margin_left, y_);
    last_top_ = y_;
    y_ += height;
    at_top_ = false;
  }

  Pages result_;
  Foot foot_;
  PageSize size_ = style::upright;  // of the next page
  float y_ = 0;
  float last_top_ = 0;
  bool at_top_ = true;
  const Piece* last_ = nullptr;
};

}  // namespace

Pages paginate(const std::vector<Piece>& pieces, const Notes& notes) {
  Paginator paginator(notes);
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
