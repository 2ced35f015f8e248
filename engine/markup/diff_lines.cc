#include "markup/diff_lines.h"

#include "markup/line_matching.h"

namespace vermilion::markup {
namespace {

// A line end belongs to the line below it: to both sides where both have a line above, else to what stands above.
class LineParts {
 public:
  LineParts(const std::vector<ShownLine>& before, const std::vector<ShownLine>& after,
            Heading heading)
      : old_(before), new_(after), heading_(heading == Heading::yes) {
    const auto partner = matched_lines(before, after);
    for (std::size_t i = 0, j = 0; i < old_.size() || j < new_.size();) {
      if (i < old_.size() && partner[i] == no_line) {
        add(PartKind::removed, line_end(i) + old_[i].text, true);
        ++i;
      } else if (j < new_.size() && (i == old_.size() || j < partner[i])) {
        add(PartKind::added, line_end(j) + new_[j].text, true);
        ++j;
      } else {
        pair(i++, j++);
      }
    }
  }

  std::vector<Part> take() { return std::move(parts_); }

 private:
  static std::string line_end(std::size_t i) { return i > 0 ? "\n" : ""; }

  void pair(std::size_t i, std::size_t j) {
    const bool equal = old_[i].text == new_[j].text;
    const bool whole = equal && !(heading_ && j == 0);
    if (i > 0 && j > 0) add(PartKind::kept, "\n", whole);
    if (i > 0 && j == 0) add(PartKind::removed, "\n", true);
    if (i == 0 && j > 0) add(PartKind::added, "\n", true);
    if (equal) return add(PartKind::kept, new_[j].text, whole);
    for (const auto& part : diff_text(old_[i].text, new_[j].text)) add(part.kind, part.text, false);
  }

  void add(PartKind kind, const std::string& text, bool whole) {
    if (text.empty()) return;
    if (!parts_.empty() && parts_.back().kind == kind && parts_.back().whole == whole) {
      parts_.back().text += text;
    } else {
      parts_.push_back({kind, text, whole});
    }
  }

  const std::vector<ShownLine>& old_;
  const std::vector<ShownLine>& new_;
  bool heading_;
  std::vector<Part> parts_;
};

}  // namespace

std::vector<Part> diff_lines(const std::vector<ShownLine>& before,
                             const std::vector<ShownLine>& after, Heading heading) {
  return LineParts(before, after, heading).take();
}

}  // namespace vermilion::markup
