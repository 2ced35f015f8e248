// Of which record a signed PDF is, and as what each of its signers signed.
#pragma once
#include <string>
#include <string_view>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// `reason` is what a signature in it gives. {id, number, form, title, state, kept, signatures[{field, meaning, role, account, on_behalf_of, at}]}; `kept` says
// whether the file is the record's PDF "whole", as it was before further signatures ("beginning"), or "other". null if it names no
// record, or one that the caller may not open or that is destroyed.
[[nodiscard]] Json record_of_pdf(Context& context, std::string_view pdf, const std::string& reason);

}  // namespace vermilion::service
