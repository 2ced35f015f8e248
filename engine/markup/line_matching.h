// Which line of an older text is which of a newer one.
#pragma once
#include <vector>

#include "markup/shown_lines.h"

namespace vermilion::markup {

inline constexpr std::size_t no_line = static_cast<std::size_t>(-1);

// For each old line the new one, or no_line; ascending.
[[nodiscard]] std::vector<std::size_t> matched_lines(const std::vector<ShownLine>& before,
                                                     const std::vector<ShownLine>& after);

}  // namespace vermilion::markup
