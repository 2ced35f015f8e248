// A form to be filled in by hand: its text, a line for each field, a line for each signature, and a serial number of its own (paper.h).
//
// Rights   Whoever may see the form.
// Errors   not_found "no-form".
// Source   story S4: what is signed on paper is filed as a scan.
#pragma once
#include <string>

#include "service/context.h"

namespace vermilion::service {

// One print-out: each has another number, which the log knows.
[[nodiscard]] Bytes blank_form_pdf(Context& context, const std::string& form,
                                   const std::string& version);

}  // namespace vermilion::service
