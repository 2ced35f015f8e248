// PDFs that anybody may have made: whatever they say, reading their signatures and revisions ends in an answer or an Error.
#include <cstdint>

#include "base/error.h"
#include "render/signed_file.h"

using namespace vermilion;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string pdf(data, data + size);
  try {
    const auto file = render::read_signed(pdf);
    for (const auto& one : file.found.signatures) {
      if (!one.range_sound()) continue;
      VERMILION_ASSERT(one.covered(pdf).size() == one.end - (one.hole_end - one.hole));
    }
    const auto report = render::to_json(file);
    const auto again = render::signed_file_from(parse_json(report.dump()), pdf.size());
    VERMILION_ASSERT(render::to_json(again) == report);
  } catch (const Error&) {
  }
  return 0;
}
