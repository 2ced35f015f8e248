// How a secret is compared and judged: letters without regard to case, width or presentation form.
//
// Source   Unicode Annex 15 (NFKC), Unicode 5.18 (case folding).
#pragma once
#include <string>
#include <string_view>

namespace vermilion {

// NFKC, case folded: "Ｃhen０1" and "CHEN01" become "chen01". Well-formed UTF-8 only.
[[nodiscard]] std::string compatibility_fold(std::string_view text);

enum class CharacterKind { upper, lower, digit, other, control };
// control: also line and paragraph separators, format characters and what is no character.
[[nodiscard]] CharacterKind kind_of(char32_t c) noexcept;

}  // namespace vermilion
