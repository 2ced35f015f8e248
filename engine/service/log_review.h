// The review of the log of a day or a longer period, filed and signed: who looked, at which entries, and what was found.
//
// Shape    A record of the form network-log-report. `entries_digest` can be made again from the log at any time; `report_digest` is that of the
//          report's canonical bytes, for who kept them.
// Rights   log.read, and the role under which the form is filed.
// Log      "log-review" on "entries 120 480", the first and the last reviewed, once the record is filed.
// Errors   invalid "bad-period", "text-missing"; conflict "nothing-logged"; as log_report and create_record.
// Source   肆/九/(四)/2 (登錄紀錄每日檢視、定期報表呈處長核閱); SC-48.
#pragma once
#include <chrono>
#include <set>
#include <string>

#include "base/date.h"
#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct LogReviewRequest {
  std::string from;  // a date, inclusive
  std::string to;    // a date, inclusive
  std::string findings;
  bool serious = false;
  bool notified_ethics = false;
};
struct LogReview {
  Json answer;   // the values of the form and {record: {id, number}}
  Bytes report;  // whose digest it cites
};
[[nodiscard]] LogReview review_log(Context& context, const LogReviewRequest& request);

constexpr const char* kReviewSubject = "entries";

// On which of those days somebody listed the log, or made its report, who on that day held the role that files the review. Throws not_found
// while the form is not published.
[[nodiscard]] std::set<std::chrono::sys_days> days_looked(Context& context, Date from, Date to);

}  // namespace vermilion::service
