#include <bit>

#include "base/error.h"
#include "render/subset.h"

namespace vermilion::render {
namespace {

// A run of codes whose glyphs follow each other.
struct Segment {
  unsigned first;
  unsigned last;
  unsigned delta;  // glyph - code, modulo 65536
};

std::vector<Segment> segments_of(const std::map<std::uint16_t, std::uint16_t>& glyphs) {
  std::vector<Segment> segments;
  for (const auto& [code, glyph] : glyphs) {
    const unsigned delta = (0x10000U + glyph - code) & 0xFFFFU;
    if (!segments.empty() && segments.back().last + 1 == code && segments.back().delta == delta) {
      segments.back().last = code;
    } else {
      segments.push_back({code, code, delta});
    }
  }
  segments.push_back({0xFFFF, 0xFFFF, 1});  // the format demands this last segment
  return segments;
}

void put(Bytes& table, unsigned value) {
  table += static_cast<char>(value >> 8 & 0xFF);
  table += static_cast<char>(value & 0xFF);
}

}  // namespace

Bytes cmap_table(const std::map<std::uint16_t, std::uint16_t>& glyphs) {
  const auto segments = segments_of(glyphs);
  const auto count = static_cast<unsigned>(segments.size());
  const unsigned length = 16 + 8 * count;
  if (length > 0xFFFF) {
    throw Error(Failure::invalid, "too-many-characters",
                {"本文所用的相異字元過多，無法排成一個檔案；請分為數份文件。",
                 "The text uses too many different characters for one file. Split it into several "
                 "documents."});
  }
  const unsigned search = 2 * std::bit_floor(count);
  Bytes table;
  for (const unsigned field :
       {0U, 1U, 3U, 1U, 0U, 12U, 4U, length, 0U, 2 * count, search,
        static_cast<unsigned>(std::bit_width(count)) - 1, 2 * count - search}) {
    put(table, field);
  }
  for (const auto& segment : segments) put(table, segment.last);
  put(table, 0);
  for (const auto& segment : segments) put(table, segment.first);
  for (const auto& segment : segments) put(table, segment.delta);
  for (unsigned i = 0; i < count; ++i) put(table, 0);
  return table;
}

}  // namespace vermilion::render
