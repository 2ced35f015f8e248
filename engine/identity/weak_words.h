// Words that many passwords are made of, folded as compatibility_fold does and sorted. Made by scripts/weak-words from
// scripts/weak-words.txt.
#pragma once
#include <string_view>

namespace vermilion::identity {

[[nodiscard]] bool is_weak_word(std::string_view word) noexcept;

}  // namespace vermilion::identity
