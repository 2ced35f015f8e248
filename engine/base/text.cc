#include "base/text.h"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "base/normalised.h"

namespace vermilion {
namespace {

// The code point at `i`, which moves on; negative when the bytes there are ill-formed.
UChar32 next(std::string_view text, std::int32_t& i) {
  UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
  U8_NEXT(text.data(), i, static_cast<std::int32_t>(text.size()), c);
#pragma GCC diagnostic pop
  return c;
}

bool is_compatibility_ideograph(char32_t c) noexcept {
  return (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

std::string nfc(std::string_view text) {
  return normalised(text, icu::Normalizer2::getNFCInstance);
}

// The offset of the first byte that is not well-formed text, or the size.
std::size_t first_bad(std::string_view bytes) {
  const auto size = static_cast<std::int32_t>(bytes.size());
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t start = i;
    if (next(bytes, i) <= 0) return static_cast<std::size_t>(start);
  }
  return bytes.size();
}

}  // namespace

bool is_text(std::string_view bytes) { return first_bad(bytes) == bytes.size(); }

std::string require_text(std::string_view bytes, const std::string& what) {
  const auto bad = first_bad(bytes);
  if (bad != bytes.size()) {
    throw Error(
        Failure::invalid, "not-text",
        {fmt::format("{}不是有效的 UTF-8 文字（第 {} 位元組），請另存為 UTF-8 後再送", what, bad),
         fmt::format("{} is not valid UTF-8 text (byte {}); save it as UTF-8", what, bad)});
  }
  std::string result;
  std::string run;
  for (const char32_t c : code_points(bytes)) {
    if (is_compatibility_ideograph(c)) {
      result += nfc(run) + utf8(c);
      run.clear();
    } else {
      run += utf8(c);
    }
  }
  return result + nfc(run);
}

std::string lookup_form(std::string_view text) { return nfc(text); }

std::u32string code_points(std::string_view text) {
  std::u32string result;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    const UChar32 c = next(text, i);
    result += c < 0 ? char32_t(0xFFFD) : static_cast<char32_t>(c);
  }
  return result;
}

std::string utf8(char32_t c) {
  std::string result;
  icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(result);
  return result;
}

std::string utf8(std::u32string_view points) {
  std::string result;
  for (const char32_t c : points) result += utf8(c);
  return result;
}

bool is_cjk(char32_t c) noexcept {
  return (c >= 0x3005 && c <= 0x3007) || (c >= 0x3041 && c <= 0x312F) ||
         (c >= 0x31A0 && c <= 0x31BF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x323AF) ||
         (c >= 0xF0000 && c <= 0xFFFFD);  // CNS 11643 beyond Unicode, as its fonts have it
}

bool is_space(char32_t c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0;
}

std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view blank = " \t\r\n\f\v";
  const auto first = text.find_first_not_of(blank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

}  // namespace vermilion
