#include "render/finish.h"

#include <map>

#include "base/deflate.h"
#include "render/embedded_font.h"
#include "render/outline.h"
#include "render/qpdf.h"
#include "render/signature_boxes.h"
#include "render/tags.h"

namespace vermilion::render {
namespace {

// What has no filter yet, but for metadata, which is to be read without a PDF reader.
void deflate_streams(QPDF& pdf, Deflater& deflater) {
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

void put_content(QPDF& pdf, QPDFObjectHandle page, const Bytes& operators) {
  auto content = QPDFObjectHandle::newStream(&pdf, operators);
  content.getDict().replaceKey("/Filter", QPDFObjectHandle::newName("/FlateDecode"));
  page.replaceKey("/Contents", content);
}

// libharu's pages, with what is drawn on them.
std::unique_ptr<QPDF> open_drawn(const Drawn& drawn, bool list_codes = false) {
  auto pdf = open_pdf(drawn.pdf);
  std::map<std::string, QPDFObjectHandle> fonts;
  for (const auto& [name, subset] : drawn.fonts)
    fonts[name] = embedded_font(*pdf, subset, list_codes);
  size_t i = 0;
  for (QPDFObjectHandle page : pdf->getAllPages()) {
    put_content(*pdf, page, drawn.streams[i]);
    auto used = QPDFObjectHandle::newDictionary();
    for (const auto& name : drawn.used[i++]) used.replaceKey("/" + name, fonts.at(name));
    page.getKey("/Resources").replaceKey("/Font", used);
  }
  return pdf;
}

}  // namespace

Bytes finish_pdf(const std::vector<Page>& pages, const Fonts& fonts, const Finish& finish) {
  const bool tagged = is_tagged(finish.declaration.level);
  const bool old = finish.declaration.level == Conformance::b1;
  Deflater deflater(stream_level);
  const auto drawn = draw_pages(pages, fonts, tagged ? finish.structure : nullptr, deflater);
  const auto pdf = open_drawn(drawn, old);
  declare(*pdf, finish.declaration);
  auto links = add_links(*pdf, pages, finish);
  for (auto& field : add_fields(*pdf, pages)) links.push_back(field);
  add_outline(*pdf, pages, finish);
  add_page_labels(*pdf, finish);
  attach(*pdf, finish.attachments, finish.declaration.date);
  deflate_streams(*pdf, deflater);
  if (!tagged) return written_pdf(*pdf, old ? FileFormat::pdf14 : FileFormat::current);
  announce_tags(*pdf, links);
  WrittenFile file(*pdf, deflater);
  put_tags(file, *pdf, *finish.structure, drawn, links);
  return file.finish();
}

Bytes bare_pdf(const std::vector<Page>& pages, const Fonts& fonts) {
  Deflater deflater(stream_level);
  return written_pdf(*open_drawn(draw_pages(pages, fonts, nullptr, deflater)));
}

}  // namespace vermilion::render
