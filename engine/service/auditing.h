// The audit log as an auditor uses it: list, report, proofs, verify.
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct LogRequest {
  std::string from;  // a date, inclusive
  std::string to;    // a date, inclusive
  std::string actor;
  std::string kind;
  std::string subject;  // prefix
  std::size_t limit = 100000;
};
struct LogList {
  Json rows;  // [{index, at, kind, actor, from, subject, outcome, commit, clock}], oldest first
  bool cut = false;  // there are older ones: of more than the limit the newest are shown
};
// Needs the right log.read, as all below that name no other.
[[nodiscard]] LogList list_log(Context& context, const LogRequest& request);
[[nodiscard]] Json log_row_json(const store::LogRow& row);

// {from, to, entries, subjects: [{number, clause, zh, en, count, cut, entries, …}]}: what a system audit record has to hold by
// 肆/八/(九)/4, out of the entries of a period. Of each subject the newest `limit` entries are shown, and all are counted.
struct ReportRequest {
  std::string from;  // a date, inclusive
  std::string to;    // a date, inclusive
  std::size_t limit = 1000;
};
[[nodiscard]] Json log_report(Context& context, const ReportRequest& request);

// {ok, size, root, problems}: recomputes the tree from the entries. Needs no right.
[[nodiscard]] Json verify_log(Context& context);

// {index, entry, size, leaf, hashes, checkpoint, verifier_key}: verifies offline (scripts/verify-log.py).
[[nodiscard]] Json prove_log(Context& context, std::uint64_t index);
// {from, size, hashes, checkpoint, verifier_key}: that the log of `from` entries, whose checkpoint somebody kept, heads the log of
// now. Throws invalid "bad-log-position".
[[nodiscard]] Json prove_log_growth(Context& context, std::uint64_t from);

}  // namespace vermilion::service
