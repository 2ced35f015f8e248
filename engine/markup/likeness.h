// How alike two texts are, quickly: the share of neighbouring pairs of characters they have in
// common (Dice).
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace vermilion::markup {

// The pairs of a text, hashed and sorted; made once, compared often.
using Pairs = std::vector<std::uint64_t>;

[[nodiscard]] Pairs pairs_of(std::string_view text);

// From 0 (nothing in common) to 1 (the same pairs). Two empty texts are alike.
[[nodiscard]] double likeness(const Pairs& a, const Pairs& b);

}  // namespace vermilion::markup
