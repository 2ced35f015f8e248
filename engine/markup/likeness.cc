#include "markup/likeness.h"

#include <algorithm>
#include <functional>

#include "markup/units.h"

namespace vermilion::markup {

Pairs pairs_of(std::string_view text) {
  Pairs pairs;
  std::uint64_t previous = 0;
  for (const auto& unit : text_units(text)) {
    const std::uint64_t hash = std::hash<std::string_view>{}(unit);
    pairs.push_back(previous * 0x9E3779B97F4A7C15U + hash);
    previous = hash;
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

double likeness(const Pairs& a, const Pairs& b) {
  if (a.empty() && b.empty()) return 1;
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    common += a[i] == b[j] ? 1 : 0;
    const bool old_first = a[i] <= b[j];
    const bool new_first = b[j] <= a[i];
    i += old_first ? 1 : 0;
    j += new_first ? 1 : 0;
  }
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

}  // namespace vermilion::markup
