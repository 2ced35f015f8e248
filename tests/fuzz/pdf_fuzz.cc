// PDFs that anybody may have made: whatever they say, reading their signatures and revisions ends in an answer or an Error.
#include <cstdint>

#include "base/error.h"
#include "render/revisions.h"
#include "render/signatures.h"
#include "render/validation_data.h"

using namespace vermilion;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string pdf(data, data + size);
  try {
    const auto found = render::find_signatures(pdf);
    (void)render::read_validation_data(std::string_view(pdf).substr(0, found.size));
    for (const auto& one : found.signatures) {
      if (!one.range_sound()) continue;
      VERMILION_ASSERT(one.covered(pdf).size() == one.end - (one.hole_end - one.hole));
      (void)render::changes_between(std::string_view(pdf).substr(0, one.end),
                                    std::string_view(pdf).substr(0, found.size));
    }
  } catch (const Error&) {
  }
  return 0;
}
