// Which published version a PDF is, and what became of that version.
#pragma once
#include <string_view>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct PdfDocument {
  // {id, version, title, state, state_label, effective, replaced_by, whole}: `whole` is false where the stored file is but a part of
  // it. null if it is no published version, or one that the caller may not read; then the rest says nothing either.
  Json answer = nullptr;
  std::size_t size = 0;  // how much of it is the stored file
  Instant filed = {};    // when that was published
};
[[nodiscard]] PdfDocument document_of_pdf(Context& context, std::string_view pdf);

}  // namespace vermilion::service
