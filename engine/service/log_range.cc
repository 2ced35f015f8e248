#include "service/log_range.h"

#include <limits>

#include "base/error.h"
#include "identity/login_lock.h"
#include "log/archive.h"
#include "log/merkle.h"
#include "records/records.h"
#include "store/log_entry.h"

namespace vermilion::service {
namespace {

struct Days {
  Instant begin;
  Instant end;
};

Days days_of(Context& context, Date from, Date to) {
  const auto& zone = context.store().settings().time_zone;
  return {start_of_day(from, zone),
          start_of_day(Date(std::chrono::sys_days(to) + std::chrono::days(1)), zone)};
}

std::optional<std::uint64_t> edge_of(Context& context, const Days& days,
                                     store::LogFilter::Keep keep) {
  store::LogFilter filter;
  filter.from = days.begin;
  filter.to = days.end;
  filter.limit = 1;
  filter.keep = keep;
  const auto rows = context.store().catalogue().log(filter);
  return rows.empty() ? std::nullopt : std::optional(rows.front().index);
}

class RecordCheck {
 public:
  RecordCheck(Context& context, std::string where, Json values, const Fault& fault)
      : context_(context),
        log_(context.store().log()),
        where_(std::move(where)),
        values_(std::move(values)),
        from_(parse_date(require_string(values_, "from"))),
        to_(parse_date(require_string(values_, "to"))),
        days_(days_of(context, from_, to_)),
        fault_(fault) {}

  void run() {
    const auto first = values_.at("first").get<std::uint64_t>();
    const auto last = values_.at("last").get<std::uint64_t>();
    if (first > last || last >= log_.checkpoint().size) {
      return tell(
          {"紀錄所載的日誌序號不在日誌中", "the record names entries that the log does not have"});
    }
    if (!is_of_days(first) || !is_of_days(last)) {
      tell({"紀錄所載的首筆或末筆日誌不在期間內",
            "the first or last entry that the record names is not of its days"});
    }
    if (values_.at("entries") != last - first + 1)
      tell({"筆數與首末序號不符", "the count does not fit the first and last entry"});
    if (values_.at("entries_digest") != log::entries_digest(log_, first, last + 1)) {
      tell({"紀錄所載的摘要與日誌不符",
            "the digest that the record cites is not that of the log's entries"});
    }
    if (values_.contains("checkpoint_root")) check_root();
    if (values_.contains("login_failures")) check_tally(last);
  }

 private:
  [[nodiscard]] bool is_of_days(std::uint64_t index) {
    const auto at = store::parse_entry(index, log_.entry(index)).at;
    return days_.begin <= at && at < days_.end;
  }

  void check_root() {
    const auto size = values_.at("checkpoint_size").get<std::uint64_t>();
    const auto root = from_base64(require_string(values_, "checkpoint_root"));
    const auto& now = log_.checkpoint();
    const bool heads = root && size <= now.size &&
                       log::consistency_holds(size, now.size, *root, now.root,
                                              log_.prove_consistency(size, now.size));
    if (heads) return;
    tell({"所歸檔的日誌不是現在日誌的開頭",
          "the log that was archived is not the beginning of this one"});
  }

  void check_tally(std::uint64_t last) {
    const auto tally = tally_log(context_, from_, to_, last);
    if (values_.at("login_failures") == tally.login_failures &&
        values_.at("refusals") == tally.refusals)
      return;
    tell({"紀錄所載的登入失敗或拒絕次數與日誌不符",
          "the failures and refusals that the record counts are not those of the log"});
  }

  void tell(const Said& what) { fault_(where_, what); }

  Context& context_;
  log::TileLog& log_;
  const std::string where_;
  const Json values_;
  const Date from_;
  const Date to_;
  const Days days_;
  const Fault& fault_;
};

}  // namespace

Json log_range(Context& context, Date from, Date to) {
  if (to < from)
    throw Error(Failure::invalid, "bad-period",
                {"迄日早於起日", "the last day is before the first"});
  context.settle();
  const auto edges = log_edges(context, from, to);
  if (!edges) {
    throw Error(
        Failure::conflict, "nothing-logged",
        {"這段期間沒有日誌；請確認日期", "nothing was logged on those days; check the dates"});
  }
  const auto [first, last] = *edges;
  return {{"first", first},
          {"last", last},
          {"entries", last - first + 1},
          {"entries_digest", log::entries_digest(context.store().log(), first, last + 1)}};
}

std::optional<LogEdges> log_edges(Context& context, Date from, Date to) {
  const auto days = days_of(context, from, to);
  const auto first = edge_of(context, days, store::LogFilter::Keep::oldest);
  const auto last = edge_of(context, days, store::LogFilter::Keep::newest);
  if (!first || !last) return std::nullopt;
  return LogEdges{*first, *last};
}

LogTally tally_log(Context& context, Date from, Date to, std::uint64_t last) {
  const auto days = days_of(context, from, to);
  store::LogFilter filter;
  filter.from = days.begin;
  filter.to = days.end;
  filter.limit = std::numeric_limits<std::size_t>::max();
  LogTally tally;
  for (const auto& row : context.store().catalogue().log(filter)) {
    if (row.index > last) continue;
    const bool sign_in =
        row.outcome == identity::kFailedOutcome || row.outcome == identity::kLocksOutcome;
    tally.login_failures += sign_in ? 1 : 0;
    tally.refusals += row.outcome.starts_with("refused:") ? 1 : 0;
  }
  return tally;
}

void check_log_record(Context& context, const model::Record& record, const Fault& fault) {
  if (record.form != kArchiveForm && record.form != kReviewForm) return;
  RecordCheck(context, model::record_folder(record.sequence),
              records::open_values(context.store(), record), fault)
      .run();
}

}  // namespace vermilion::service
