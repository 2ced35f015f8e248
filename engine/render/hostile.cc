#include "render/hostile.h"

#include "base/error.h"

namespace vermilion::render::hostile {
namespace {

constexpr size_t most_bytes = size_t{256} << 20;

}  // namespace

void refuse(const std::string& why) {
  const std::string reason = why.empty() ? "" : "（" + why + "）";
  throw Error(Failure::invalid, "pdf-unreadable",
              {"讀不懂這個 PDF：檔案不完整、已損壞，或不是 PDF" + reason,
               "this PDF cannot be read: it is cut short, damaged, or no PDF" + reason});
}

void require_size(std::string_view pdf) {
  if (pdf.size() <= most_bytes) return;
  throw Error(Failure::invalid, "pdf-too-large",
              {"PDF 超過 256 MiB，不予檢查", "the PDF is over 256 MiB and is not looked at"});
}

std::unique_ptr<QPDF> open(std::string_view bytes) {
  auto pdf = std::make_unique<QPDF>();
  pdf->setSuppressWarnings(true);
  pdf->setAttemptRecovery(false);
  guarded([&] { pdf->processMemoryFile("file.pdf", bytes.data(), bytes.size()); });
  if (pdf->isEncrypted()) refuse("encrypted");
  return pdf;
}

void guarded(const std::function<void()>& reading) {
  try {
    reading();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& problem) {
    refuse(problem.what());
  }
}

}  // namespace vermilion::render::hostile
