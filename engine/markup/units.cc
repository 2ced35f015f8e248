#include "markup/units.h"

#include <algorithm>

#include "base/text.h"
#include "markup/text.h"

namespace vermilion::markup {
namespace {

// The bytes of the code point at `at`, or 1 where there is none.
std::size_t point_size(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  return is_text(text.substr(at, size)) ? std::min(size, text.size() - at) : 1;
}

// Combining marks, variation selectors (they choose the glyph of a name), joiners, skin tones.
bool continues(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x302A && c <= 0x302F) || c == 0x3099 || c == 0x309A ||
         c == 0x200D || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0100 && c <= 0xE01EF);
}

std::size_t run_end(std::string_view text, std::size_t at, bool (*belongs)(char)) {
  while (at < text.size() && belongs(text[at])) ++at;
  return at;
}

std::size_t unit_end(std::string_view text, std::size_t at) {
  if (is_digit(text[at])) return run_end(text, at, is_digit);
  if (is_letter(text[at])) return run_end(text, at, is_letter);
  std::size_t end = at + point_size(text, at);
  bool joined = false;
  while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80) {
    const auto size = point_size(text, end);
    const char32_t c = code_points(text.substr(end, size)).front();
    if (!joined && !continues(c)) break;
    joined = c == 0x200D;
    end += size;
  }
  return end;
}

}  // namespace

std::vector<std::string_view> text_units(std::string_view text) {
  std::vector<std::string_view> units;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = unit_end(text, at);
    units.push_back(text.substr(at, end - at));
    at = end;
  }
  return units;
}

}  // namespace vermilion::markup
