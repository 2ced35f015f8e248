#include "search/normalise.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "search/variants.h"

namespace vermilion::search {
namespace {

// ICU reorders combining marks by insertion: without a limit, a megabyte of them takes hours.
constexpr std::size_t longest_segment = 64;

const icu::Normalizer2& normalizer() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) throw Bug(u_errorName(status));
    return found;
  }();
  return *instance;
}

std::vector<Character> decode(std::string_view text) {
  std::vector<Character> result;
  result.reserve(text.size() / 2);
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    const auto begin = static_cast<std::size_t>(i);
    UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
    U8_NEXT(text.data(), i, size, c);
#pragma GCC diagnostic pop
    if (c == 0) continue;
    result.push_back(
        {c < 0 ? char32_t(0xFFFD) : static_cast<char32_t>(c), begin, static_cast<std::size_t>(i)});
  }
  return result;
}

// Characters that case folding leaves alone or lowers one to one: nearly all of a Chinese text.
bool is_plain(char32_t c) { return c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF); }

char32_t lower(char32_t c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; }

// Where the segment that begins at `i` ends: normalising segments one by one gives the same as
// normalising the whole.
std::size_t segment_end(const std::vector<Character>& source, std::size_t i) {
  std::size_t end = i + 1;
  while (end < source.size() && end - i < longest_segment &&
         !normalizer().hasBoundaryBefore(static_cast<UChar32>(source[end].c))) {
    ++end;
  }
  return end;
}

void append_segment(const std::vector<Character>& source, std::size_t i, std::size_t end,
                    std::vector<Character>& result) {
  icu::UnicodeString segment;
  for (auto k = i; k < end; ++k) segment.append(static_cast<UChar32>(source[k].c));
  UErrorCode status = U_ZERO_ERROR;
  const auto folded = normalizer().normalize(segment, status);
  if (U_FAILURE(status)) throw Bug(u_errorName(status));
  for (std::int32_t k = 0; k < folded.length(); k = folded.moveIndex32(k, 1)) {
    const auto c = static_cast<char32_t>(folded.char32At(k));
    result.push_back({fold_glyph(c), source[i].begin, source[end - 1].end});
  }
}

}  // namespace

std::vector<Character> normalise(std::string_view text) {
  const auto source = decode(text);
  std::vector<Character> result;
  result.reserve(source.size());
  for (std::size_t i = 0; i < source.size();) {
    const auto end = segment_end(source, i);
    if (end == i + 1 && is_plain(source[i].c)) {
      result.push_back({fold_glyph(lower(source[i].c)), source[i].begin, source[i].end});
    } else {
      append_segment(source, i, end, result);
    }
    i = end;
  }
  return result;
}

}  // namespace vermilion::search
