// Steps of the machine's clock, as an administrator deals with them.
//
// Source   identity/clock.h; docs-src/adr/0009-steps-of-the-clock.md.
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// The log index of the step that stands in the way of signatures, or null.
[[nodiscard]] Json clock_step(Context& context);
// Signs for it; needs the right store.maintain. {step, act, log_index}
[[nodiscard]] Json acknowledge_clock(Context& context, std::uint64_t step,
                                     const std::string& reason);

}  // namespace vermilion::service
