#include "service/log_review.h"

#include <fmt/format.h>

#include <limits>

#include "base/text.h"
#include "crypto/digest.h"
#include "identity/people.h"
#include "records/forms.h"
#include "service/auditing.h"
#include "service/log_range.h"
#include "service/records.h"

namespace vermilion::service {
namespace {

std::string reviewer_role(Context& context) {
  return records::require_form(context.store().evidence(), kReviewForm).form.signers.front().role;
}

bool held(Context& context, const std::string& account, const std::string& role, Date day) {
  const auto person = identity::find_person(context.store().evidence(), account);
  return person && model::holds(*person, role, day);
}

Json review_values(Context& context, const LogReviewRequest& request, const Bytes& report) {
  const Date from = parse_date(request.from);
  const Date to = parse_date(request.to);
  Json values = log_range(context, from, to);
  const auto tally = tally_log(context, from, to, values["last"]);
  values["from"] = iso_date(from);
  values["to"] = iso_date(to);
  values["days"] = (std::chrono::sys_days(to) - std::chrono::sys_days(from)).count() + 1;
  values["days_checked"] = days_looked(context, from, to).size();
  values["report_digest"] = crypto::digest_text(report);
  values["login_failures"] = tally.login_failures;
  values["refusals"] = tally.refusals;
  values["findings"] = require_text(request.findings, "檢視結果");
  values["serious"] = request.serious;
  values["notified_ethics"] = request.notified_ethics;
  return values;
}

}  // namespace

std::set<std::chrono::sys_days> days_looked(Context& context, Date from, Date to) {
  const auto zone = zone_of(context);
  const auto role = reviewer_role(context);
  store::LogFilter filter;
  filter.kind = "log-read";
  filter.from = start_of_day(from, zone);
  filter.to = start_of_day(Date(std::chrono::sys_days(to) + std::chrono::days(1)), zone);
  filter.limit = std::numeric_limits<std::size_t>::max();
  std::set<std::chrono::sys_days> days;
  for (const auto& row : context.store().catalogue().log(filter)) {
    const auto day = date_at(row.at, zone);
    if (row.subject == "log" && row.outcome == "done" && !days.contains(day) &&
        held(context, row.actor, role, day))
      days.insert(day);
  }
  return days;
}

LogReview review_log(Context& context, const LogReviewRequest& request) {
  LogReview review;
  recorded(context, "log-review", "log", [&] {
    (void)context.session();
    context.require_right("log.read");
    (void)context.acting_as(reviewer_role(context));
    review.report = canonical(log_report(context, {request.from, request.to}));
    RecordRequest record;
    record.form = kReviewForm;
    record.values = review_values(context, request, review.report);
    const auto filed = create_record(context, record);
    review.answer = record.values;
    review.answer["record"] = {{"id", filed["id"]}, {"number", filed["number"]}};
    context.log("log-review", fmt::format("{} {} {}", kReviewSubject, record.values["first"].dump(),
                                          record.values["last"].dump()));
  });
  return review;
}

}  // namespace vermilion::service
