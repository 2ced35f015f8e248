#include "render/confined_reading.h"

#include <fmt/format.h>

#include "render/child_process.h"
#include "render/hostile.h"

namespace vermilion::render {
namespace {

constexpr std::size_t most_report = 64U << 20;
constexpr int exit_told = 0, exit_refused = 1;  // main/pdf/reader.cc

[[noreturn]] void refuse_for_limit() {
  throw Error(Failure::invalid, "pdf-reader-failed",
              {"這個 PDF 展開後太大或太複雜：讀到上限（1 GiB 記憶體、20 秒）仍未讀完，不予檢查",
               "this PDF unfolds into more than is read (1 GiB of memory, 20 seconds); it is not "
               "checked"});
}

[[noreturn]] void refuse_as_told(const Json& report) {
  const auto told = string_or_empty(report, "code");
  const char* code = "pdf-unreadable";
  for (const char* known : {"pdf-too-large", "pdf-encrypted"})
    if (told == known) code = known;
  throw Error(Failure::invalid, code,
              {string_or_empty(report, "zh"), string_or_empty(report, "en")});
}

Json report_of(const Bytes& printed) {
  try {
    return parse_json(printed);
  } catch (const Error&) {
    refuse_for_limit();
  }
}

}  // namespace

PdfReader standard_reader() { return {beside_this("vermilion-pdf")}; }

SignedFile read_confined(std::string_view pdf, const PdfReader& reader) {
  hostile::require_size(pdf);
  const auto ran = run_program(reader.program, "signatures", pdf, most_report, reader.patience);
  if (ran.end == Ran::End::not_started) {
    throw Error(
        Failure::unavailable, "pdf-reader-missing",
        {fmt::format("無法啟動讀取 PDF 的程式 {}；請重新安裝本程式", reader.program.string()),
         fmt::format("the program that reads PDFs, {}, does not start; install this "
                     "program again",
                     reader.program.string())});
  }
  if (ran.end != Ran::End::exited) refuse_for_limit();
  if (ran.exit == exit_refused) refuse_as_told(report_of(ran.printed));
  if (ran.exit != exit_told) refuse_for_limit();
  return signed_file_from(report_of(ran.printed), pdf.size());
}

}  // namespace vermilion::render
