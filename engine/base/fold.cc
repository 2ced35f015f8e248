#include "base/fold.h"

#include <unicode/uchar.h>

#include "base/normalised.h"

namespace vermilion {

std::string compatibility_fold(std::string_view text) {
  return normalised(text, icu::Normalizer2::getNFKCCasefoldInstance);
}

CharacterKind kind_of(char32_t c) noexcept {
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_UPPERCASE_LETTER:
    case U_TITLECASE_LETTER:
      return CharacterKind::upper;
    case U_LOWERCASE_LETTER:
      return CharacterKind::lower;
    case U_DECIMAL_DIGIT_NUMBER:
      return CharacterKind::digit;
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
    case U_UNASSIGNED:
      return CharacterKind::control;
    default:
      return CharacterKind::other;
  }
}

}  // namespace vermilion
