#include "store/clock_step.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/json.h"

namespace vermilion::store {
namespace {

constexpr std::string_view kSubject = "clock ";
constexpr std::chrono::days kQuiet{1};
constexpr const char* kAcknowledgement = "acknowledgement";

std::optional<std::uint64_t> last_step(const Catalogue& catalogue) {
  LogFilter filter;
  filter.clock_steps = true;
  filter.limit = 1;
  const auto steps = catalogue.log(filter);
  return steps.empty() ? std::nullopt : std::optional(steps.back().index);
}

}  // namespace

ClockRules clock_rules(const Snapshot& evidence) {
  ClockRules rules;
  const auto bytes = evidence.read("rules/profile.json");
  if (!bytes) return rules;
  try {
    const Json clock = parse_json(*bytes).value("clock", Json::object());
    rules.back = std::chrono::seconds(clock.value("back_seconds", rules.back.count()));
    rules.forward = std::chrono::days(clock.value("forward_days", rules.forward.count()));
    if (rules.back.count() >= 0 && rules.forward >= kQuiet) return rules;
  } catch (const Json::exception&) {
  }
  throw Error(Failure::corrupt, "bad-rules",
              {"rules/profile.json 的 clock 無法讀取，請由備份還原",
               "clock in rules/profile.json cannot be read; restore it from a backup"});
}

const char* clock_name(ClockState state) noexcept {
  switch (state) {
    case ClockState::system:
      return "system";
    case ClockState::behind:
      return "behind";
    case ClockState::stepped_back:
      return "stepped-back";
    case ClockState::stepped_forward:
      return "stepped-forward";
  }
  return "system";
}

ClockState clock_state(std::optional<Instant> before, Instant now, const ClockRules& rules) {
  if (!before) return ClockState::system;
  if (now < *before - rules.back) return ClockState::stepped_back;
  if (now < *before) return ClockState::behind;
  return now > *before + rules.forward ? ClockState::stepped_forward : ClockState::system;
}

ClockState clock_state(std::optional<Instant> before, Instant now, const Snapshot& evidence) {
  const bool quiet = !before || (now >= *before && now <= *before + kQuiet);
  return quiet ? ClockState::system : clock_state(before, now, clock_rules(evidence));
}

bool is_step(const std::string& name) {
  return name == clock_name(ClockState::stepped_back) ||
         name == clock_name(ClockState::stepped_forward);
}

std::string clock_subject(std::uint64_t log_index) {
  return fmt::format("{}{}", kSubject, log_index);
}

std::optional<std::uint64_t> acknowledged_step(const LogRow& row) {
  const bool done = row.kind == kAcknowledgement && row.outcome == "done" && !row.commit.empty();
  if (!done || !row.subject.starts_with(kSubject)) return std::nullopt;
  std::uint64_t index = 0;
  const char* end = row.subject.data() + row.subject.size();
  const auto result = std::from_chars(row.subject.data() + kSubject.size(), end, index);
  return result.ec == std::errc() && result.ptr == end ? std::optional(index) : std::nullopt;
}

std::optional<std::uint64_t> open_step(const Catalogue& catalogue) {
  const auto step = last_step(catalogue);
  if (!step) return std::nullopt;
  LogFilter filter;
  filter.kind = kAcknowledgement;
  filter.subject_prefix = clock_subject(*step);
  for (const auto& row : catalogue.log(filter)) {
    if (acknowledged_step(row) == step) return std::nullopt;
  }
  return step;
}

}  // namespace vermilion::store
