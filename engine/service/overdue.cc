#include "service/overdue.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "records/forms.h"
#include "service/log_archive.h"
#include "service/log_range.h"
#include "service/log_review.h"

namespace vermilion::service {
namespace {

using identity::AccessPeriod;
using std::chrono::sys_days;

constexpr const char* kDrillForm = "recovery-drill";

Date made_on(Context& context) {
  return date_at(parse_instant(context.store().settings().created), zone_of(context));
}

Date due_of(Context& context, const AccessPeriod& period) {
  return identity::review_due(period, identity::access_rules(context.store().evidence()));
}

// The last period of so many months whose term is over, as far as the store was there.
std::optional<AccessPeriod> last_due(Context& context, int months) {
  auto period = identity::last_access_period(context.today(), months);
  if (context.today() <= due_of(context, period))
    period = identity::last_access_period(period.from, months);
  if (period.to < made_on(context)) return std::nullopt;
  return period;
}

std::vector<store::LogRow> done_since(Context& context, const char* kind,
                                      const std::string& subject, Date day) {
  store::LogFilter filter;
  filter.kind = kind;
  filter.subject_prefix = subject;
  filter.from = start_of_day(day, zone_of(context));
  filter.limit = std::numeric_limits<std::size_t>::max();
  auto rows = context.store().catalogue().log(filter);
  std::erase_if(rows, [](const auto& row) { return row.outcome != "done"; });
  return rows;
}

void add_archive(Context& context, Json& list) {
  const auto half = last_due(context, 6);
  if (!half || !done_since(context, "log-archive", archive_subject(*half), half->to).empty())
    return;
  const auto due = due_of(context, *half);
  list.push_back(
      {{"what", "log-archive"},
       {"due", iso_date(due)},
       {"zh", fmt::format("{}的作業紀錄備份已逾 {} 的期限；請執行 vermilion log archive --half {}",
                          identity::period_label(*half), roc_date(due), half_name(*half))},
       {"en", fmt::format("the archive of the log of {} was due on {}: run log archive",
                          half_name(*half), iso_date(due))}});
}

// Whether reviews, whatever days each was of, leave none of those entries out.
bool are_reviewed(Context& context, const LogEdges& entries, Date since) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> reviewed;
  for (const auto& row : done_since(context, "log-review", kReviewSubject, since)) {
    std::istringstream words(row.subject.substr(std::string_view(kReviewSubject).size()));
    auto& one = reviewed.emplace_back();
    words >> one.first >> one.second;
  }
  std::sort(reviewed.begin(), reviewed.end());
  auto next = entries.first;
  for (const auto& [first, last] : reviewed)
    if (first <= next) next = std::max(next, last + 1);
  return next > entries.last;
}

void add_report(Context& context, Json& list) {
  const auto month = last_due(context, 1);
  if (!month) return;
  const auto entries = log_edges(context, month->from, month->to);
  if (!entries || are_reviewed(context, *entries, month->from)) return;
  const auto due = due_of(context, *month);
  list.push_back(
      {{"what", "log-report"},
       {"due", iso_date(due)},
       {"zh",
        fmt::format("民國{}年{}月的登錄紀錄定期報表已逾 {} 的期限；請執行 vermilion log review",
                    int(month->from.year()) - 1911, unsigned(month->from.month()), roc_date(due))},
       {"en", fmt::format("the review of the log of {} was due on {}: run log review",
                          iso_date(month->from).substr(0, 7), iso_date(due))}});
}

// The first day looked at is the one after the store was made.
void add_check(Context& context, Json& list) {
  const Date yesterday(sys_days(context.today()) - std::chrono::days(1));
  if (yesterday <= made_on(context) || !days_looked(context, yesterday, context.today()).empty())
    return;
  list.push_back({{"what", "log-check"},
                  {"due", iso_date(yesterday)},
                  {"zh", fmt::format("{}以來沒有系統管理人員檢視日誌；請執行 vermilion log report",
                                     roc_date(yesterday))},
                  {"en", fmt::format("no administrator has looked at the log since {}: run log "
                                     "report",
                                     iso_date(yesterday))}});
}

Date last_drill(Context& context) {
  store::RecordQuery query;
  query.form = kDrillForm;
  query.from = Date(sys_days(context.today()) - std::chrono::days(366));
  Date last = made_on(context);
  for (const auto& record : context.store().evidence().records(query))
    last = std::max(last, record.date);
  return last;
}

void add_drill(Context& context, Json& list) {
  const auto anniversary = last_drill(context) + std::chrono::years(1);
  // 29 February: the last day of February in other years.
  const Date due = anniversary.ok()
                       ? anniversary
                       : Date(anniversary.year() / anniversary.month() / std::chrono::last);
  if (context.today() <= due) return;
  list.push_back(
      {{"what", "recovery-drill"},
       {"due", iso_date(due)},
       {"zh", fmt::format("復原演練應於 {} 前辦理，已逾期；請執行 vermilion drill", roc_date(due))},
       {"en", fmt::format("the yearly recovery drill was due on {}: run drill", iso_date(due))}});
}

}  // namespace

Json overdue_duties(Context& context) {
  Json list = Json::array();
  add_archive(context, list);
  // Whose duty the other two are, the form says.
  if (!records::form_versions(context.store().evidence(), kReviewForm).empty()) {
    add_report(context, list);
    add_check(context, list);
  }
  add_drill(context, list);
  return list;
}

}  // namespace vermilion::service
