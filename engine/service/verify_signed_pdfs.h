// The verifier's look at what persons signed within the PDF of a record: the statements say what has to be there.
#pragma once
#include "base/fault.h"
#include "model/record.h"
#include "service/context.h"

namespace vermilion::service {

// Faults are told at the update's part. A record in whose PDF nobody signed has none.
void check_signed_pdf(Context& context, const model::Record& record, const Fault& fault);

}  // namespace vermilion::service
