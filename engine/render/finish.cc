#include "render/finish.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/deflate.h"
#include "render/content.h"
#include "render/outline.h"
#include "render/qpdf.h"
#include "render/signature_boxes.h"
#include "render/tags.h"

namespace vermilion::render {
namespace {

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
    map += fmt::format("<{:04X}> <{}>\n", code, utf16_hex({&c, 1}));
    --left;
    if (++in_block == 100 || left == 0) {
      map += "endbfchar\n";
      in_block = 0;
    }
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

// The codes in the subset, as PDF/A-1 asks for them: a bit for each.
std::string code_set(const EmbeddedFont& font) {
  std::string bits(0x10000 / 8, 0);
  const auto add = [&](unsigned code) {
    bits[code / 8] = static_cast<char>(bits[code / 8] | 0x80 >> code % 8);
  };
  add(0);
  for (const auto& [code, c] : font.characters) add(code);
  return bits;
}

// What ISO 19005 asks of a horizontal font and libharu leaves out or adds.
void complete(QPDFObjectHandle descendant) {
  descendant.removeKey("/DW2");
  auto descriptor = descendant.getKey("/FontDescriptor");
  if (!descriptor.hasKey("/CapHeight"))
    descriptor.replaceKey("/CapHeight", QPDFObjectHandle::newInteger(733));
}

// libharu's own map is malformed (begincidrange); readers then fall back to guessing.
void map_text(QPDF& pdf, const std::vector<EmbeddedFont>& fonts, bool list_codes = false) {
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
        auto descendant = font.getKey("/DescendantFonts").getArrayItem(0);
        complete(descendant);
        if (!list_codes) continue;
        descendant.getKey("/FontDescriptor")
            .replaceKey("/CIDSet", QPDFObjectHandle::newStream(&pdf, code_set(embedded)));
      }
    }
  }
}

// What has no filter yet, but for metadata, which is to be read without a PDF reader.
void deflate_streams(QPDF& pdf) {
  Deflater deflater(stream_level);
  for (QPDFObjectHandle& object : pdf.getAllObjects()) {
    if (!object.isStream() || object.getDict().hasKey("/Filter")) continue;
    if (object.isStreamOfType("/Metadata")) continue;
    const auto content = object.getRawStreamData();
    Bytes deflated;
    deflater.put(deflated,
                 {reinterpret_cast<const char*>(content->getBuffer()), content->getSize()});
    object.replaceStreamData(deflated, QPDFObjectHandle::newName("/FlateDecode"),
                             QPDFObjectHandle::newNull());
  }
}

std::unique_ptr<QPDF> open_drawn(const Drawn& drawn) {
  auto pdf = open_pdf(drawn.pdf);
  auto stream = drawn.streams.begin();
  for (QPDFObjectHandle page : pdf->getAllPages()) {
    auto content = QPDFObjectHandle::newStream(pdf.get(), *stream++);
    content.getDict().replaceKey("/Filter", QPDFObjectHandle::newName("/FlateDecode"));
    page.replaceKey("/Contents", content);
  }
  return pdf;
}

}  // namespace

Bytes finish_pdf(const Drawn& drawn, const std::vector<Page>& pages, const Finish& finish) {
  const auto pdf = open_drawn(drawn);
  const bool old = finish.declaration.level == Conformance::b1;
  map_text(*pdf, drawn.fonts, old);
  declare(*pdf, finish.declaration);
  auto links = add_links(*pdf, pages, finish);
  for (auto& field : add_fields(*pdf, pages)) links.push_back(field);
  add_outline(*pdf, pages, finish);
  add_page_labels(*pdf, finish);
  attach(*pdf, finish.attachments, finish.declaration.date);
  deflate_streams(*pdf);
  if (!is_tagged(finish.declaration.level))
    return written_pdf(*pdf, old ? FileFormat::pdf14 : FileFormat::current);
  announce_tags(*pdf, links);
  WrittenFile file(*pdf);
  put_tags(file, *pdf, *finish.structure, drawn, links);
  return file.finish();
}

Bytes mapped_pdf(const Drawn& drawn) {
  const auto pdf = open_drawn(drawn);
  map_text(*pdf, drawn.fonts);
  return written_pdf(*pdf);
}

}  // namespace vermilion::render
