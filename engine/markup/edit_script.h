// The shortest edit between two sequences.
//
// Cost    O((n + m) d) time and O(d * d) memory for d edits.
// Source  Myers, An O(ND) difference algorithm and its variations, 1986.
#pragma once
#include <optional>
#include <vector>

namespace vermilion::markup {

struct Kept {
  std::vector<bool> old_kept;  // for each old item, whether it stays
  std::vector<bool> new_kept;  // as many are true
};

// Nothing if more than `most_edits` items would have to be removed or added.
[[nodiscard]] std::optional<Kept> shortest_edit(const std::vector<int>& before,
                                                const std::vector<int>& after, int most_edits);

}  // namespace vermilion::markup
