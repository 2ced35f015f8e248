// The other spellings of a phrase: 紀錄 for 記錄, word by word (variants.h).
#pragma once
#include <string>
#include <vector>

#include "search/analyser.h"

namespace vermilion::search {

inline constexpr std::size_t most_spellings = 16;

// The phrase itself first, then every combination of its words' other spellings, at most
// most_spellings in all.
[[nodiscard]] std::vector<std::vector<Token>> spellings(const std::vector<Token>& phrase);

// The phrase as a person would write it.
[[nodiscard]] std::string written(const std::vector<Token>& phrase);

}  // namespace vermilion::search
