// Which published version a PDF is, and what became of that version.
#pragma once
#include <string_view>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// {id, version, title, state, state_label, effective, replaced_by, whole}: `whole` is false where the stored file is but a part of it.
// null if it is no published version, or one that the caller may not read.
[[nodiscard]] Json document_of_pdf(Context& context, std::string_view pdf);

}  // namespace vermilion::service
