// What is seen where a PDF was signed. What is too long for its line is set smaller, and cut only below 5.2 points.
#pragma once
#include <string>
#include <vector>

#include "base/bytes.h"

namespace vermilion::render {

struct SignatureLook {
  std::string mark;  // large: the organisation, or the name of a person
  std::vector<std::string> lines;  // meaning, title, dates in both calendars
  std::string on_behalf_of;  // name of the principal: printed 代
  bool seal = false;         // the organisation's: nobody takes a person's signature for one
};

// One page of signature_width by signature_height points, for PdfSignature::look. Errors as render_pdf.
[[nodiscard]] Bytes draw_signature(const SignatureLook& look);

}  // namespace vermilion::render
