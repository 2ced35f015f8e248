// The entries of some days, told so that anybody can find out later whether they are still the same.
//
// Shape    {first, last, entries, entries_digest}: contiguous; a clock that went back may put a few of other days between. The
//          digest is log/archive.h's.
// Errors   invalid "bad-period"; conflict "nothing-logged".
#pragma once
#include <optional>

#include "base/date.h"
#include "base/fault.h"
#include "base/json.h"
#include "model/record.h"
#include "service/context.h"

namespace vermilion::service {

constexpr const char* kArchiveForm = "halfyear-log-archive";
constexpr const char* kReviewForm = "network-log-report";

[[nodiscard]] Json log_range(Context& context, Date from, Date to);

struct LogEdges {
  std::uint64_t first;
  std::uint64_t last;
};
// Nothing when nothing was logged on those days.
[[nodiscard]] std::optional<LogEdges> log_edges(Context& context, Date from, Date to);

// What a review counts in the entries of those days up to `last`.
struct LogTally {
  std::size_t login_failures = 0;
  std::size_t refusals = 0;  // of whatever kind, sign-ins included
};
[[nodiscard]] LogTally tally_log(Context& context, Date from, Date to, std::uint64_t last);

// For the verifier: what a record of kArchiveForm or kReviewForm says of the log is what the log holds. Of other forms, nothing.
void check_log_record(Context& context, const model::Record& record, const Fault& fault);

}  // namespace vermilion::service
