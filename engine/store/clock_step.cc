#include "store/clock_step.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/guarded.h"
#include "base/json.h"

namespace vermilion::store {
namespace {

constexpr std::string_view kSubject = "clock ";
constexpr std::chrono::days kQuiet{1};
constexpr std::chrono::seconds kQuietOffset{1};
constexpr const char* kAcknowledgement = "acknowledgement";

bool is_beyond(const std::optional<ClockQuality>& quality, std::chrono::microseconds limit) {
  return quality && possible_error_us(*quality) > limit.count();
}

std::optional<std::uint64_t> last_step(const Catalogue& catalogue) {
  LogFilter filter;
  filter.clock_steps = true;
  filter.limit = 1;
  const auto steps = catalogue.log(filter);
  return steps.empty() ? std::nullopt : std::optional(steps.back().index);
}

}  // namespace

// On a machine whose clock nobody sets, every act asks; the rules hardly ever change.
ClockRules clock_rules(const Snapshot& evidence) {
  static Guarded<std::pair<std::optional<git::ObjectId>, ClockRules>> newest;
  const auto id = evidence.id_of("rules");
  if (!id) return {};
  auto known = newest.lock();
  if (known->first == id) return known->second;
  const auto profile = evidence.read("rules/profile.json");
  *known = {id, profile ? clock_rules(*profile) : ClockRules{}};
  return known->second;
}

ClockRules clock_rules(std::string_view profile) {
  ClockRules rules;
  try {
    const Json clock = parse_json(profile).value("clock", Json::object());
    rules.back = std::chrono::seconds(clock.value("back_seconds", rules.back.count()));
    rules.forward = std::chrono::days(clock.value("forward_days", rules.forward.count()));
    rules.offset = std::chrono::seconds(clock.value("offset_seconds", rules.offset.count()));
    if (rules.back.count() >= 0 && rules.forward >= kQuiet && rules.offset >= kQuietOffset)
      return rules;
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
    case ClockState::adrift:
      return "adrift";
    case ClockState::adrift_still:
      return "adrift-still";
  }
  return "system";
}

ClockState clock_state(const std::optional<ClockBefore>& before, Instant now,
                       const std::optional<ClockQuality>& quality, const ClockRules& rules) {
  if (before && now < before->at - rules.back) return ClockState::stepped_back;
  if (before && now > before->at + rules.forward) return ClockState::stepped_forward;
  if (is_beyond(quality, rules.offset))
    return before && before->adrift ? ClockState::adrift_still : ClockState::adrift;
  return before && now < before->at ? ClockState::behind : ClockState::system;
}

ClockState clock_state(const std::optional<ClockBefore>& before, Instant now,
                       const std::optional<ClockQuality>& quality, const Snapshot& evidence) {
  const bool quiet = (!before || (now >= before->at && now <= before->at + kQuiet)) &&
                     !is_beyond(quality, kQuietOffset);
  return quiet ? ClockState::system : clock_state(before, now, quality, clock_rules(evidence));
}

bool is_adrift(const std::string& name) {
  return name == clock_name(ClockState::adrift) || name == clock_name(ClockState::adrift_still);
}

bool is_step(const std::string& name) {
  return name == clock_name(ClockState::stepped_back) ||
         name == clock_name(ClockState::stepped_forward) || name == clock_name(ClockState::adrift);
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
