// A font file with only the characters that a document uses, in the shape that libharu reads
// without loss.
//
// Shape    TrueType with a single cmap of format 4. Characters have codes of their own, numbered in the order of their glyphs:
//          libharu's UTF-8 encoder would print what is outside the BMP as a space, and it looks each character up by going through
//          the segments of the cmap, which this makes one. ToUnicode gives the true characters back.
// Why      libharu drops parts of composite glyphs with ids of 32768 and more, without an error;
// glyph ids of a
//          subset start at 0. It also embeds full tables: 130-480 KB for a page of one line.
// Errors   unavailable "font-subset-failed"; invalid "too-many-characters" (a cmap of format 4 ends
// at 64 KiB).
#pragma once
#include <cstdint>
#include <map>

#include "base/bytes.h"
#include "render/fonts.h"

namespace vermilion::render {

struct Subset {
  Bytes file;
  std::map<char32_t, std::uint16_t> codes;  // what to write for each used character
};

// The subset of `face` for face.used.
[[nodiscard]] Subset make_subset(const Face& face);

// The cmap table (format 4, platform 3, encoding 1) that maps codes to glyphs.
[[nodiscard]] Bytes cmap_table(const std::map<std::uint16_t, std::uint16_t>& glyphs);

}  // namespace vermilion::render
