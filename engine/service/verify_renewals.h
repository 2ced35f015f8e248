// What the verifier looks for around renewals (renewal.h).
//
// Finds    Updates that are not those that the log tells of, or differ from their digests; one that is no document time stamp over all that
//          lay before it, is by an authority that is not trusted, came after the certificate before had expired, or changed something else.
#pragma once
#include "base/fault.h"
#include "service/context.h"
#include "workflow/documents.h"

namespace vermilion::service {

void check_renewals(Context& context, const workflow::Published& published, const Fault& fault);

}  // namespace vermilion::service
