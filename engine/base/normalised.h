// Unicode normalisation by ICU, for base's own files.
//
// Errors   Bug when ICU's data are missing. Well-formed UTF-8 only.
// Source   Unicode Annex 15.
#pragma once
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

#include "base/error.h"

namespace vermilion {

// `instance` is one of Normalizer2's: getNFCInstance, getNFKCCasefoldInstance.
inline std::string normalised(std::string_view text,
                              const icu::Normalizer2* (*instance)(UErrorCode&)) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* normalizer = instance(status);
  const auto input = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
  const auto output = normalizer->normalize(input, status);
  if (U_FAILURE(status)) throw Bug(u_errorName(status));
  std::string result;
  output.toUTF8String(result);
  return result;
}

}  // namespace vermilion
