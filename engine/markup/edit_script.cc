#include "markup/edit_script.h"

namespace vermilion::markup {
namespace {

// The furthest old position reached on each diagonal -d..d; one such row for each number of edits.
class Row {
 public:
  explicit Row(int edits) : edits_(edits), reach_(static_cast<std::size_t>(2 * edits + 3), -1) {}
  int& operator[](int diagonal) { return reach_[static_cast<std::size_t>(diagonal + edits_ + 1)]; }

 private:
  int edits_;
  std::vector<int> reach_;
};

class Search {
 public:
  Search(const std::vector<int>& before, const std::vector<int>& after)
      : before_(before),
        after_(after),
        n_(static_cast<int>(before.size())),
        m_(static_cast<int>(after.size())) {}

  bool run(int most_edits) {
    for (int d = 0; d <= most_edits; ++d) {
      rows_.emplace_back(d);
      for (int k = -d; k <= d; k += 2) {
        const int x = follow(start(d, k), k);
        rows_.back()[k] = x;
        if (x >= n_ && x - k >= m_) return true;
      }
    }
    return false;
  }

  Kept trace() {
    Kept kept{std::vector<bool>(before_.size()), std::vector<bool>(after_.size())};
    int x = n_;
    int y = m_;
    for (int d = static_cast<int>(rows_.size()) - 1; d >= 0; --d) {
      const int k = x - y;
      for (const int from = start(d, k); x > from;) {
        kept.old_kept[static_cast<std::size_t>(--x)] = true;
        kept.new_kept[static_cast<std::size_t>(--y)] = true;
      }
      if (d > 0) (comes_from_below(d, k) ? y : x) -= 1;
    }
    return kept;
  }

 private:
  // Whether the last edit on diagonal k was an addition.
  bool comes_from_below(int d, int k) {
    auto& previous = rows_[static_cast<std::size_t>(d - 1)];
    return k == -d || (k != d && previous[k - 1] < previous[k + 1]);
  }

  int start(int d, int k) {
    if (d == 0) return 0;
    auto& previous = rows_[static_cast<std::size_t>(d - 1)];
    return comes_from_below(d, k) ? previous[k + 1] : previous[k - 1] + 1;
  }

  int follow(int x, int k) const {
    while (x < n_ && x - k < m_ &&
           before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(x - k)]) {
      ++x;
    }
    return x;
  }

  const std::vector<int>& before_;
  const std::vector<int>& after_;
  int n_;
  int m_;
  std::vector<Row> rows_;
};

}  // namespace

std::optional<Kept> shortest_edit(const std::vector<int>& before, const std::vector<int>& after,
                                  int most_edits) {
  Search search(before, after);
  if (!search.run(most_edits)) return std::nullopt;
  return search.trace();
}

}  // namespace vermilion::markup
