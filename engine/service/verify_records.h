// The verifier's part about records and disposals.
#pragma once
#include "service/checks.h"
#include "service/context.h"

namespace vermilion::service {

// The numbers, what the log says was filed, and each record and disposal that is wanted.
void check_records(Context& context, const FolderChecks& checks);

// Holds, disposals and access reviews are folders of statements, one for each act of its kind on "<prefix><id>": what the log has more of
// was taken out.
void check_steps_there(Context& context, const std::string& prefix, const std::string& folder,
                       const Fault& fault);

}  // namespace vermilion::service
