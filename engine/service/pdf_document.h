// Which published version a PDF is, and what became of that version.
//
// Idea     A version is known by its file, or by all of it but what the seal leaves out: in that hole nobody signed what fills it up, so
//          nothing there may hide that a version was superseded. The rendition without the seal is known too.
#pragma once
#include <string_view>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct PdfDocument {
  // {id, version, title, state, state_label, effective, replaced_by, whole, unsealed}: `whole` is false where it is not the stored
  // file itself, `unsealed` true where it is the rendition before the seal. null if it is no published version, or one that the
  // caller may not read; then the rest says nothing either.
  Json answer = nullptr;
  std::size_t size = 0;  // how much of it is the stored file, byte for byte
  Instant filed = {};    // when that was published
};
[[nodiscard]] PdfDocument document_of_pdf(Context& context, std::string_view pdf);

}  // namespace vermilion::service
