#include "render/qpdf.h"

#include "base/error.h"

namespace vermilion::render {

std::unique_ptr<QPDF> open_pdf(std::string_view bytes) {
  auto pdf = std::make_unique<QPDF>();
  pdf->setSuppressWarnings(true);
  try {
    pdf->processMemoryFile("document.pdf", bytes.data(), bytes.size());
  } catch (const std::exception& problem) {
    throw Error(
        Failure::corrupt, "pdf-unreadable",
        {std::string("PDF 檔無法讀取，可能已損壞；請由備份還原後再試。（") + problem.what() + "）",
         std::string("The PDF cannot be read; it may be damaged. Restore it from a backup. (") +
             problem.what() + ")"});
  }
  return pdf;
}

void set_format(QPDFWriter& writer, FileFormat format) {
  const bool old = format == FileFormat::pdf14;
  writer.setObjectStreamMode(old ? qpdf_o_disable : qpdf_o_generate);
  writer.setMinimumPDFVersion("1.7");
  if (old) writer.forcePDFVersion("1.4");
  writer.setNewlineBeforeEndstream(true);  // PDF/A asks for it
}

Bytes written_pdf(QPDF& pdf, FileFormat format) {
  QPDFWriter writer(pdf);
  set_format(writer, format);
  writer.setDeterministicID(true);
  return written_by(writer);
}

Bytes written_by(QPDFWriter& writer) {
  writer.setOutputMemory();
  writer.write();
  const std::unique_ptr<Buffer> buffer(writer.getBuffer());
  return Bytes(buffer->getBuffer(), buffer->getBuffer() + buffer->getSize());
}

}  // namespace vermilion::render
