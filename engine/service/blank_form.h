// A form to be filled in by hand: its text, a line for each field, a line for each signature, a QR code that leads to where it is filed.
//
// Rights   Whoever may see the form.
// Errors   not_found "no-form".
// Source   story S4: what is signed on paper is filed as a scan.
#pragma once
#include <string>

#include "service/context.h"

namespace vermilion::service {

// Same form and version, same bytes.
[[nodiscard]] Bytes blank_form_pdf(Context& context, const std::string& form,
                                   const std::string& version);

}  // namespace vermilion::service
