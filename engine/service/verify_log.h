// What the verifier looks for around the log: signatures while a step of the clock was open, and older checkpoints that the log of now
// does not continue.
//
// Finds    A statement filed between a step and its acknowledgement. An acknowledgement of no step. A checkpoint on main, or in the
//          folder of copies, that is not signed by the log's key, speaks of more entries than there are, or of other ones. A cosignature
//          that does not verify. Days without a checkpoint.
// Source   architecture section 4.
#pragma once
#include "base/fault.h"
#include "service/context.h"

namespace vermilion::service {

// Calls count() for each thing looked at.
void check_log(Context& context, const std::function<void()>& count, const Fault& fault);

}  // namespace vermilion::service
