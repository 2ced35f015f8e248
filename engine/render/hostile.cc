#include "render/hostile.h"

#include "base/error.h"

namespace vermilion::render::hostile {
namespace {

constexpr size_t most_bytes = size_t{256} << 20;

[[noreturn]] void refuse_encrypted() {
  throw Error(Failure::invalid, "pdf-encrypted",
              {"這是加密的副本：加密時檔案重新寫過，不帶印章，無從查驗。請查驗沒有加密的原件，可由"
               "該文件或紀錄的網頁下載，或以 vermilion document export、record export 匯出",
               "this is an encrypted copy: it was written anew, bears no seal, and cannot be "
               "checked. Check the original without encryption, from the page of its document or "
               "record, or by 'vermilion document export' or 'record export'"});
}

bool needs_password(const std::exception& problem) {
  const auto* told = dynamic_cast<const QPDFExc*>(&problem);
  return told != nullptr && told->getErrorCode() == qpdf_e_password;
}

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
  if (pdf->isEncrypted()) refuse_encrypted();
  return pdf;
}

void guarded(const std::function<void()>& reading) {
  try {
    reading();
  } catch (const Error&) {
    throw;
  } catch (const std::exception& problem) {
    if (needs_password(problem)) refuse_encrypted();
    refuse(problem.what());
  }
}

}  // namespace vermilion::render::hostile
