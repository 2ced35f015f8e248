#include "render/finish.h"

#include <fmt/format.h>

#include "render/outline.h"
#include "render/qpdf.h"
#include "render/signature_boxes.h"
#include "render/tags.h"

namespace vermilion::render {
namespace {

std::string utf16_hex(char32_t c) {
  const auto value = static_cast<std::uint32_t>(c);
  if (value < 0x10000) return fmt::format("{:04X}", value);
  return fmt::format("{:04X}{:04X}", 0xD800 + ((value - 0x10000) >> 10),
                     0xDC00 + ((value - 0x10000) & 0x3FF));
}

std::string to_unicode(const EmbeddedFont& font) {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  size_t left = font.characters.size();
  size_t in_block = 0;
  for (const auto& [code, c] : font.characters) {
    if (in_block == 0) map += fmt::format("{} beginbfchar\n", std::min<size_t>(left, 100));
    map += fmt::format("<{:04X}> <{}>\n", code, utf16_hex(c));
    --left;
    if (++in_block == 100 || left == 0) {
      map += "endbfchar\n";
      in_block = 0;
    }
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// What ISO 19005 asks of a horizontal font and libharu leaves out or adds.
void complete(QPDFObjectHandle descendant) {
  descendant.removeKey("/DW2");
  auto descriptor = descendant.getKey("/FontDescriptor");
  if (!descriptor.hasKey("/CapHeight"))
    descriptor.replaceKey("/CapHeight", QPDFObjectHandle::newInteger(733));
}

// libharu's own map is malformed (begincidrange); readers then fall back to guessing.
void map_text(QPDF& pdf, const std::vector<EmbeddedFont>& fonts) {
  std::set<QPDFObjGen> done;
  for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    auto resources = page.getAttribute("/Resources", false).getKey("/Font");
    if (!resources.isDictionary()) continue;
    for (const auto& key : resources.getKeys()) {
      auto font = resources.getKey(key);
      if (!done.insert(font.getObjGen()).second) continue;
      const std::string base = font.getKey("/BaseFont").getName();
      for (const auto& embedded : fonts) {
        if (!base.ends_with(embedded.name)) continue;
        font.replaceKey("/ToUnicode", QPDFObjectHandle::newStream(&pdf, to_unicode(embedded)));
        complete(font.getKey("/DescendantFonts").getArrayItem(0));
      }
    }
  }
}

}  // namespace

Bytes finish_pdf(const Drawn& drawn, const std::vector<Ink>& pages, const Finish& finish) {
  const auto pdf = open_pdf(drawn.pdf);
  map_text(*pdf, drawn.fonts);
  declare(*pdf, finish.declaration);
  auto links = add_links(*pdf, pages, finish);
  for (auto& field : add_fields(*pdf, pages, finish.page_height)) links.push_back(field);
  add_outline(*pdf, finish);
  if (is_tagged(finish.declaration.level)) add_tags(*pdf, *finish.structure, drawn, links);
  attach(*pdf, finish.attachments, finish.declaration.date);
  return written_pdf(*pdf);
}

Bytes mapped_pdf(const Drawn& drawn) {
  const auto pdf = open_pdf(drawn.pdf);
  map_text(*pdf, drawn.fonts);
  return written_pdf(*pdf);
}

}  // namespace vermilion::render
