// Certificates and lists within a PDF: what goes in comes out, once each; a stream made to swell is refused.
#include "render/validation_data.h"

#include "crypto/refused.h"
#include "markup/document.h"
#include "render/incremental.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;

namespace {

const Bytes& plain_pdf() {
  static const Bytes pdf = [] {
    const auto document = markup::parse_markdown("# 資訊安全政策\n\n本政策每年檢視一次。\n");
    return render::render_pdf(published(document));
  }();
  return pdf;
}

Bytes keeping(const Bytes& pdf, const render::ValidationData& data) {
  render::IncrementalUpdate update(pdf);
  render::add_validation_data(update, data);
  return update.write();
}

// 33 MiB of spaces in a few KiB.
Bytes swelling(const Bytes& pdf) {
  QPDF source;
  source.emptyPDF();
  source.getRoot().replaceKey("/Note", source.newStream(std::string(size_t{33} << 20, ' ')));
  QPDFWriter writer(source);
  writer.setOutputMemory();
  writer.setStreamDataMode(qpdf_s_compress);
  writer.write();
  const std::unique_ptr<Buffer> written(writer.getBuffer());
  const Bytes file(written->getBuffer(), written->getBuffer() + written->getSize());
  const auto small = render::open_pdf(file);
  render::IncrementalUpdate update(pdf);
  auto stream = update.pdf().copyForeignObject(small->getRoot().getKey("/Note"));
  auto data = QPDFObjectHandle::newDictionary();
  data.replaceKey("/Certs", QPDFObjectHandle::newArray({stream}));
  auto root = update.pdf().getRoot();
  root.replaceKey("/DSS", data);
  update.changed(root);
  return update.write();
}

}  // namespace

TEST_CASE("what a PDF keeps for later comes out as it went in, and is not kept twice",
          "[render][pades]") {
  const auto once = keeping(plain_pdf(), {{"憑證甲", "憑證乙"}, {"清單"}});
  CHECK(once.starts_with(plain_pdf()));
  const auto twice = keeping(once, {{"憑證乙", "憑證丙"}, {"清單", "次日的清單"}});
  const auto found = render::read_validation_data(twice);
  CHECK(found.certificates == std::vector<Bytes>{"憑證甲", "憑證乙", "憑證丙"});
  CHECK(found.crls == std::vector<Bytes>{"清單", "次日的清單"});
  const auto opened = render::open_pdf(twice);
  auto root = opened->getRoot();
  CHECK(root.getKey("/Extensions").getKey("/ESIC").getKey("/ExtensionLevel").getIntValue() == 1);
  CHECK(render::read_validation_data(plain_pdf()).empty());
}

TEST_CASE("entries that decompress to over 32 MiB are refused", "[render][pades]") {
  const auto file = swelling(plain_pdf());
  CHECK(file.size() < plain_pdf().size() + 64 * 1024);
  CHECK(code_of([&] { (void)render::read_validation_data(file); }) == "pdf-unreadable/invalid");
}
