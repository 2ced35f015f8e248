#include "render/embedded_font.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "crypto/digest.h"
#include "render/content.h"

namespace vermilion::render {
namespace {

// /MCNGDA+NotoSansTC-Regular
std::string name_of(const Subset& subset) {
  std::string name = "/";
  for (const char byte : crypto::sha256(subset.file).substr(0, 6))
    name += static_cast<char>('A' + static_cast<unsigned char>(byte) % 26);
  return name + "+" + subset.name;
}

std::string to_unicode(const Subset& subset) {
  std::map<std::uint16_t, char32_t> characters;
  for (const auto& [c, code] : subset.codes) characters[code] = c;
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  size_t left = characters.size();
  size_t in_block = 0;
  for (const auto& [code, c] : characters) {
    if (in_block == 0) map += fmt::format("{} beginbfchar\n", std::min<size_t>(left, 100));
    map += fmt::format("<{:04X}> <{}>\n", code, utf16_hex({&c, 1}));
    --left;
    if (++in_block == 100 || left == 0) {
      map += "endbfchar\n";
      in_block = 0;
    }
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

std::string glyph_map(const Subset& subset) {
  std::string map;
  for (const auto glyph : subset.glyphs) {
    map += static_cast<char>(glyph >> 8);
    map += static_cast<char>(glyph);
  }
  return map;
}

// A bit for each code, the first one highest.
std::string code_set(const Subset& subset) {
  std::string bits((subset.glyphs.size() + 7) / 8, '\xFF');
  if (const auto last = subset.glyphs.size() % 8; last != 0)
    bits.back() = static_cast<char>(0xFF00U >> last);
  return bits;
}

QPDFObjectHandle stream(QPDF& pdf, const std::string& content) {
  return QPDFObjectHandle::newStream(&pdf, content);
}

QPDFObjectHandle descriptor(QPDF& pdf, const Subset& subset, const QPDFObjectHandle& name,
                            bool list_codes) {
  auto made = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      fmt::format("<</Type/FontDescriptor/Flags 4/FontBBox[{}]/ItalicAngle 0/Ascent {}/Descent {}"
                  "/CapHeight {}/StemV 0>>",
                  fmt::join(subset.box, " "), subset.ascent, subset.descent, subset.cap_height)));
  made.replaceKey("/FontName", name);
  auto file = stream(pdf, subset.file);
  file.getDict().replaceKey("/Length1",
                            QPDFObjectHandle::newInteger(static_cast<int>(subset.file.size())));
  made.replaceKey("/FontFile2", file);
  if (list_codes) made.replaceKey("/CIDSet", stream(pdf, code_set(subset)));
  return made;
}

}  // namespace

QPDFObjectHandle embedded_font(QPDF& pdf, const Subset& subset, bool list_codes) {
  const auto name = QPDFObjectHandle::newName(name_of(subset));
  auto descendant = pdf.makeIndirectObject(QPDFObjectHandle::parse(
      fmt::format("<</Type/Font/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)"
                  "/Ordering(Identity)/Supplement 0>>/DW 1000/W[0[{}]]>>",
                  fmt::join(subset.widths, " "))));
  descendant.replaceKey("/BaseFont", name);
  descendant.replaceKey("/CIDToGIDMap", stream(pdf, glyph_map(subset)));
  descendant.replaceKey("/FontDescriptor", descriptor(pdf, subset, name, list_codes));
  auto font = pdf.makeIndirectObject(
      QPDFObjectHandle::parse("<</Type/Font/Subtype/Type0/Encoding/Identity-H>>"));
  font.replaceKey("/BaseFont", name);
  font.replaceKey("/DescendantFonts", QPDFObjectHandle::newArray({descendant}));
  font.replaceKey("/ToUnicode", stream(pdf, to_unicode(subset)));
  return font;
}

}  // namespace vermilion::render
