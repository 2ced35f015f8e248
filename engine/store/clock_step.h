// Steps of the clock: found when an entry is written, told in it, and in the way of signatures until an administrator has said in a
// signed statement what happened.
//
// Rule     A step back is more than `back` before the entry before; a step forward more than `forward` after it. A clock set forward
//          by less is found when it is set right again. Adrift: from one entry to the next the clock became worse kept than `offset`
//          allows, by what the kernel says of it (base/clock_quality.h); entries that follow while it stays so are no new step.
// Shape    rules/profile.json, "clock": {"back_seconds": 5, "forward_days": 30, "offset_seconds": 30}; the same where a store's profile has
//          none. An offset of 30 lets a clock pass that nobody keeps, of which the kernel says 16 seconds; one below asks for an NTP client.
//          An acknowledgement is the entry of an act of kind "acknowledgement" on "clock <log index>": of that step and all before.
//          A day forward is never a step.
// Threads  Pure functions.
// Errors   corrupt "bad-rules" when the profile cannot be read or says less than a day.
// Source   architecture section 4; docs-src/adr/0009-steps-of-the-clock.md.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/clock_quality.h"
#include "store/catalogue.h"
#include "store/snapshot.h"

namespace vermilion::store {

struct ClockRules {
  std::chrono::seconds back{5};
  std::chrono::days forward{30};
  std::chrono::seconds offset{30};
};
[[nodiscard]] ClockRules clock_rules(const Snapshot& evidence);
[[nodiscard]] ClockRules clock_rules(std::string_view profile);  // the file's bytes

// As entries name it. behind: before the entry before, by no more than the rules let pass. adrift_still: as at the entry before.
enum class ClockState { system, behind, stepped_back, stepped_forward, adrift, adrift_still };
[[nodiscard]] const char* clock_name(ClockState state) noexcept;
// The entry before, as far as it matters.
struct ClockBefore {
  Instant at;
  bool adrift = false;
};
[[nodiscard]] ClockState clock_state(const std::optional<ClockBefore>& before, Instant now,
                                     const std::optional<ClockQuality>& quality,
                                     const ClockRules& rules);
// The same by the rules in force, which are read only when there is something to judge.
[[nodiscard]] ClockState clock_state(const std::optional<ClockBefore>& before, Instant now,
                                     const std::optional<ClockQuality>& quality,
                                     const Snapshot& evidence);
[[nodiscard]] bool is_adrift(const std::string& clock_name);
[[nodiscard]] bool is_step(const std::string& clock_name);

[[nodiscard]] std::string clock_subject(std::uint64_t log_index);
// The step that an entry acknowledges, with all before it; nothing when it acknowledges none.
[[nodiscard]] std::optional<std::uint64_t> acknowledged_step(const LogRow& row);
// The last step that nobody has acknowledged, of a whole log or its end.
[[nodiscard]] std::optional<std::uint64_t> open_step(const Catalogue& catalogue);

}  // namespace vermilion::store
