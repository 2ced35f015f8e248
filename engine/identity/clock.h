// An administrator's word on a step of the clock: what happened, and that the time is right again. Until then nothing is signed.
//
// Shape    A statement of kind acknowledgement, subject {type: "clock", step (log index), clock, entry_at, reason}, filed under
//          clock/<log index>/; the act's subject is "clock <log index>". It covers that step and all before it.
// Errors   prepare throws conflict "no-clock-step" when there is none open, or another than the one named; commit_signed the same
//          when the clock has stepped again meanwhile.
// Source   store/clock_step.h; docs-src/adr/0009-steps-of-the-clock.md.
#pragma once
#include <string>

#include "identity/signing.h"
#include "store/clock_step.h"

namespace vermilion::identity {

[[nodiscard]] bool is_clock_acknowledgement(const model::Statement& statement);
// Throws conflict "clock-step" while a step is open, unless it is what is signed.
void require_clock(const store::Now& now, const model::Statement& statement);

// `act` needs actor and from only.
[[nodiscard]] Prepared prepare_clock_acknowledgement(store::Store& store, std::uint64_t step,
                                                     const std::string& reason,
                                                     const model::SignerFields& signer,
                                                     store::Act act);

}  // namespace vermilion::identity
