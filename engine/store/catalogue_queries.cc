#include "store/catalogue_queries.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/catalogue_rows.h"

namespace vermilion::store {
namespace {

std::string limit_text(std::size_t limit) {
  return fmt::format(" LIMIT {}", std::min<std::size_t>(limit, 1'000'000'000));
}

// Text above every text that begins so, and above nothing else: bytes of UTF-8 stay below 0xF5.
std::string end_of_prefix(std::string prefix) {
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

// Conditions joined by AND.
class Where {
 public:
  explicit Where(const std::string& index) : text_("INDEXED BY " + index + " WHERE 1") {}

  void add(const char* condition, std::string value) {
    text_ += std::string(" AND ") + condition;
    arguments_.push_back(std::move(value));
  }
  void add(const char* condition) { text_ += std::string(" AND ") + condition; }
  // Unless `value` is empty.
  void add_given(const char* condition, const std::string& value) {
    if (!value.empty()) add(condition, value);
  }
  [[nodiscard]] Query query(const std::string& end) && {
    return {text_ + end, std::move(arguments_)};
  }

 private:
  std::string text_;
  Row arguments_;
};

const char* log_index(const LogFilter& filter) {
  if (filter.clock_steps) return "entries_steps";
  if (!filter.subject_prefix.empty()) return "entries_subject";
  if (!filter.actor.empty()) return "entries_actor";
  return filter.kind.empty() ? "entries_at" : "entries_kind";
}

// By time, as the indexes have it; steps of the clock, after which times mean little, in order.
const char* newest_first(const LogFilter& filter) {
  return filter.clock_steps ? " ORDER BY position DESC" : " ORDER BY at DESC, position DESC";
}

const char* records_index(const RecordQuery& query) {
  if (!query.id.empty()) return "records_id";
  if (!query.number.empty()) return "records_number";
  if (!query.corrects.empty()) return "records_corrects";
  if (query.unfinished) return "records_completed";
  if (!query.account.empty()) return "records_account";
  if (!query.retention.empty()) return "records_term";
  return query.form.empty() ? "records_date" : "records_form";
}

}  // namespace

Query acts_query(std::uint64_t from_sequence, std::size_t limit) {
  return {"WHERE sequence >= ? ORDER BY sequence" + limit_text(limit),
          {std::to_string(from_sequence)}};
}

Query latest_act_query(Instant at) {
  return {"INDEXED BY acts_at WHERE at <= ? ORDER BY at DESC, sequence DESC", {seconds_value(at)}};
}

Query behind_act_query(Instant at) {
  return {"INDEXED BY acts_behind WHERE behind = 1 AND at <= ? ORDER BY sequence DESC",
          {seconds_value(at)}};
}

Query log_query(const LogFilter& filter) {
  Where where(log_index(filter));
  if (!filter.subject_prefix.empty()) {
    where.add("subject >= ?", filter.subject_prefix);
    where.add("subject < ?", end_of_prefix(filter.subject_prefix));
  }
  where.add_given("actor = ?", filter.actor);
  where.add_given("kind = ?", filter.kind);
  if (filter.clock_steps) where.add("clock IN ('stepped-back', 'stepped-forward', 'adrift')");
  if (filter.from) where.add("at >= ?", seconds_value(*filter.from));
  if (filter.to) where.add("at < ?", seconds_value(*filter.to));
  const bool newest = filter.keep == LogFilter::Keep::newest;
  return std::move(where).query((newest ? newest_first(filter) : " ORDER BY position") +
                                limit_text(filter.limit));
}

Query records_query(const RecordQuery& query, std::uint64_t sequence) {
  Where where(records_index(query));
  where.add_given("record = ?", query.id);
  where.add_given("number = ?", query.number);
  where.add_given("corrects = ?", query.corrects);
  if (!query.corrects.empty()) where.add("corrects <> ''");
  where.add_given("account = ?", query.account);
  where.add_given("form = ?", query.form);
  where.add_given("retention = ?", query.retention);
  if (query.unfinished) where.add("completed > ?", std::to_string(sequence));
  if (query.from) where.add("date >= ?", iso_date(*query.from));
  if (query.to) where.add("date <= ?", iso_date(*query.to));
  if (query.begun_by) where.add("begins <= ?", iso_date(*query.begun_by));
  where.add("since <= ?", std::to_string(sequence));
  return std::move(where).query((query.by_date ? " ORDER BY date, place" : " ORDER BY place") +
                                limit_text(query.limit));
}

}  // namespace vermilion::store
