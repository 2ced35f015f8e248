// Problem  A row with another date is the same row; a row put in above it must not make it another.
// Idea     The surest first, and the rest only between its neighbours: equal lines; in what is left the pairs
//          in order that are most alike; where too much is left for that, rows by their first cell; at last,
//          one line left on each side in the same place.
#include "markup/line_matching.h"

#include <algorithm>

#include "markup/stretches.h"

namespace vermilion::markup {
namespace {

constexpr double alike_lines = 0.5;
constexpr std::size_t most_line_steps = 4'000'000;  // comparing lines with lines

using Lines = std::vector<ShownLine>;

// Lines [old_from, old_to) that became [new_from, new_to).
struct Gap {
  std::size_t old_from, old_to, new_from, new_to;
};

Units units_of(const Lines& lines, std::string ShownLine::*by, std::size_t from, std::size_t to) {
  Units units;
  for (auto i = from; i < to; ++i) units.push_back(lines[i].*by);
  return units;
}

double line_likeness(const ShownLine& a, const ShownLine& b) {
  const double like = likeness(a.pairs, b.pairs);
  return a.key == b.key ? (1 + like) / 2 : like;
}

class LineMatching {
 public:
  LineMatching(const Lines& before, const Lines& after)
      : old_(before), new_(after), partner_(before.size(), no_line) {
    for (const auto& gap : match_equal({0, old_.size(), 0, new_.size()}, &ShownLine::text)) {
      if (is_small(gap)) {
        match_alike(gap);
        continue;
      }
      for (const auto& inner : match_equal(gap, &ShownLine::key))
        if (is_small(inner)) match_alike(inner);
    }
    match_single();
  }

  std::vector<std::size_t> take() { return std::move(partner_); }

 private:
  // Returns what is left between.
  std::vector<Gap> match_equal(const Gap& gap, std::string ShownLine::*by) {
    std::vector<Gap> left;
    auto i = gap.old_from;
    auto j = gap.new_from;
    for (const auto& stretch : stretches_of(units_of(old_, by, gap.old_from, gap.old_to),
                                            units_of(new_, by, gap.new_from, gap.new_to))) {
      const auto old_end = i + stretch.removed.size();
      const auto new_end = j + (stretch.kept ? stretch.removed : stretch.added).size();
      if (stretch.kept) {
        for (std::size_t k = 0; k < stretch.removed.size(); ++k) partner_[i + k] = j + k;
      } else {
        left.push_back({i, old_end, j, new_end});
      }
      i = old_end;
      j = new_end;
    }
    return left;
  }

  static std::size_t size_of(const Lines& lines, std::size_t from, std::size_t to) {
    std::size_t size = 0;
    for (auto i = from; i < to; ++i) size += lines[i].pairs.size() + 1;
    return size;
  }

  bool is_small(const Gap& gap) const {
    const auto olds = gap.old_to - gap.old_from;
    const auto news = gap.new_to - gap.new_from;
    return olds * size_of(new_, gap.new_from, gap.new_to) +
               news * size_of(old_, gap.old_from, gap.old_to) <=
           most_line_steps;
  }

  // The pairs whose likeness adds up to the most; sums[i][j] is what lines from i and j on can reach.
  void match_alike(const Gap& gap) {
    const auto olds = gap.old_to - gap.old_from;
    const auto news = gap.new_to - gap.new_from;
    const auto width = news + 1;
    std::vector<float> sums((olds + 1) * width);
    for (auto i = olds; i-- > 0;) {
      for (auto j = news; j-- > 0;) {
        const auto like =
            static_cast<float>(line_likeness(old_[gap.old_from + i], new_[gap.new_from + j]));
        const auto apart = std::max(sums[(i + 1) * width + j], sums[i * width + j + 1]);
        const auto together = like < alike_lines ? 0 : like + sums[(i + 1) * width + j + 1];
        sums[i * width + j] = std::max(apart, together);
      }
    }
    for (std::size_t i = 0, j = 0; i < olds && j < news;) {
      const auto sum = sums[i * width + j];
      if (sum == sums[(i + 1) * width + j]) {
        ++i;
      } else if (sum == sums[i * width + j + 1]) {
        ++j;
      } else {
        partner_[gap.old_from + i++] = gap.new_from + j++;
      }
    }
  }

  void match_single() {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old_.size()) {
      auto old_end = i;
      while (old_end < old_.size() && partner_[old_end] == no_line) ++old_end;
      const auto new_end = old_end < old_.size() ? partner_[old_end] : new_.size();
      if (old_end - i == 1 && new_end - j == 1) partner_[i] = j;
      i = old_end + 1;
      j = new_end + 1;
    }
  }

  const Lines& old_;
  const Lines& new_;
  std::vector<std::size_t> partner_;
};

}  // namespace

std::vector<std::size_t> matched_lines(const std::vector<ShownLine>& before,
                                       const std::vector<ShownLine>& after) {
  return LineMatching(before, after).take();
}

}  // namespace vermilion::markup
