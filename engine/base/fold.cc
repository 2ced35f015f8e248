#include "base/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/error.h"

namespace vermilion {

std::string compatibility_fold(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto input = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
  const auto output = normalizer->normalize(input, status);
  if (U_FAILURE(status)) throw Bug(u_errorName(status));
  std::string result;
  output.toUTF8String(result);
  return result;
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
