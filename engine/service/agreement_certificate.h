// That somebody agreed, on one page: which text, by its digest, who, when, by which key. The agreement itself stays in the record.
//
// Rights   Whoever may open the record.
// Errors   not_found "no-record", "record-destroyed"; invalid "not-an-agreement"; conflict "not-signed-yet".
#pragma once
#include <string>

#include "service/context.h"

namespace vermilion::service {

[[nodiscard]] Bytes agreement_certificate_pdf(Context& context, const std::string& id);

}  // namespace vermilion::service
