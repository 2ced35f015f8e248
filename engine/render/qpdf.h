// libqpdf as the layer uses it; no other header includes it.
#pragma once
#define POINTERHOLDER_TRANSITION 4  // qpdf 11: std::shared_ptr only, or it warns
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::render {

// Opens a PDF held in memory; `bytes` must outlive it. Throws corrupt "pdf-unreadable".
[[nodiscard]] std::unique_ptr<QPDF> open_pdf(std::string_view bytes);

// The file: an ID that is the digest of the content; PDF 1.7 with object streams, or PDF 1.4 without.
enum class FileFormat { current, pdf14 };
[[nodiscard]] Bytes written_pdf(QPDF& pdf, FileFormat format = FileFormat::current);
// The same format for a writer that is used otherwise, before it writes; its ID is for the caller to choose.
void set_format(QPDFWriter& writer, FileFormat format);
// What a writer gives as it is set.
[[nodiscard]] Bytes written_by(QPDFWriter& writer);

}  // namespace vermilion::render
