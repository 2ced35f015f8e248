// PDFs that anybody may have made, and the reports of a reader that one of them took over: whatever they say, reading them ends in an answer
// or an Error, and no range leads out of the file.
#include <cstdint>

#include "base/error.h"
#include "render/signed_file.h"

using namespace vermilion;

namespace {

void read_as_pdf(const std::string& pdf) {
  const auto file = render::read_signed(pdf);
  const auto report = render::to_json(file);
  const auto again = render::signed_file_from(parse_json(report.dump()), pdf.size());
  VERMILION_ASSERT(render::to_json(again) == report);
}

void read_as_report(const std::string& report) {
  const Bytes pdf(1000, ' ');
  const auto file = render::signed_file_from(parse_json(report), pdf.size());
  for (const auto& one : file.found.signatures)
    VERMILION_ASSERT(one.covered(pdf).size() == one.end - (one.hole_end - one.hole));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  for (const auto read : {read_as_pdf, read_as_report}) {
    try {
      read(input);
    } catch (const Error&) {
    }
  }
  return 0;
}
