// Steps of the clock: found when an entry is written, told in it, and in the way of signatures until an administrator has said in a
// signed statement what happened.
//
// Rule     A step back is more than `back` before the entry before; a step forward more than `forward` after it. A clock set forward
//          by less is found when it is set right again.
// Shape    rules/profile.json, "clock": {"back_seconds": 5, "forward_days": 30}; the same where a store's profile has none.
//          An acknowledgement is the entry of an act of kind "acknowledgement" on "clock <log index>": of that step and all before.
//          A day forward is never a step.
// Threads  Pure functions.
// Errors   corrupt "bad-rules" when the profile cannot be read or says less than a day.
// Source   architecture section 4; docs-src/adr/0009-steps-of-the-clock.md.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "store/catalogue.h"
#include "store/snapshot.h"

namespace vermilion::store {

struct ClockRules {
  std::chrono::seconds back{5};
  std::chrono::days forward{30};
};
[[nodiscard]] ClockRules clock_rules(const Snapshot& evidence);

// As entries name it. behind: before the entry before, by no more than the rules let pass.
enum class ClockState { system, behind, stepped_back, stepped_forward };
[[nodiscard]] const char* clock_name(ClockState state) noexcept;
[[nodiscard]] ClockState clock_state(std::optional<Instant> before, Instant now,
                                     const ClockRules& rules);
// The same by the rules in force, which are read only when there is something to judge.
[[nodiscard]] ClockState clock_state(std::optional<Instant> before, Instant now,
                                     const Snapshot& evidence);
[[nodiscard]] bool is_step(const std::string& clock_name);

[[nodiscard]] std::string clock_subject(std::uint64_t log_index);
// The step that an entry acknowledges, with all before it; nothing when it acknowledges none.
[[nodiscard]] std::optional<std::uint64_t> acknowledged_step(const LogRow& row);
// The last step that nobody has acknowledged, of a whole log or its end.
[[nodiscard]] std::optional<std::uint64_t> open_step(const Catalogue& catalogue);

}  // namespace vermilion::store
