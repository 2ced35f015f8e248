// Two sequences of texts side by side: what stays and what is replaced, by the shortest edit.
//
// Shape   The stretches in order; no two neighbours are both kept. Joining what is kept and removed gives `before`.
// Cost    As edit_script.h, bounded: where more would have to change than the bound, all is replaced.
#pragma once
#include <string_view>
#include <vector>

namespace vermilion::markup {

using Units = std::vector<std::string_view>;  // characters, or whole lines

// Units kept, or units replaced by others.
struct Stretch {
  bool kept = false;
  Units removed;  // or kept
  Units added;
};

[[nodiscard]] std::vector<Stretch> stretches_of(const Units& before, const Units& after);

}  // namespace vermilion::markup
