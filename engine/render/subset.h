// A face with only the characters that a document uses, as a PDF embeds it.
//
// Shape    TrueType without a cmap. Each character has a code of its own, from 1 on in the order of the glyphs: two may share a glyph, and
//          ToUnicode has to give both back. Code 0 is .notdef.
// Units    Thousandths of an em.
// Errors   unavailable "font-subset-failed"; invalid "too-many-characters" (a code has two bytes).
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "render/fonts.h"

namespace vermilion::render {

struct Subset {
  Bytes file;
  std::string name;                         // PostScript's, as it names itself
  std::map<char32_t, std::uint16_t> codes;  // what to write for each used character
  // By code.
  std::vector<std::uint16_t> glyphs;
  std::vector<int> widths;
  // Of the whole face: left, bottom, right, top; how far lines of text reach; the height of capitals.
  std::array<int, 4> box{};
  int ascent = 0;
  int descent = 0;
  int cap_height = 0;
};

// The subset of `face` for face.used.
[[nodiscard]] Subset make_subset(const Face& face);

}  // namespace vermilion::render
