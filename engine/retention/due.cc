#include "retention/due.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vermilion::retention {
namespace {

using std::chrono::December;
using std::chrono::sys_days;

Date year_end(Date date) { return date.year() / December / 31; }

std::optional<Date> start_of(const RecordFacts& facts, Trigger trigger) {
  switch (trigger) {
    case Trigger::record_date:
      return facts.date;
    case Trigger::year_end:
      return year_end(facts.date);
    case Trigger::completed:
      return facts.completed || !facts.closed ? facts.completed : facts.superseded;
    case Trigger::superseded:
      return facts.superseded ? std::optional(year_end(*facts.superseded)) : std::nullopt;
    case Trigger::employment_end:
      return facts.employment_end;
  }
  throw Bug("unknown trigger");
}

// The years begin when it was filed at the earliest: backdating a record or a leaving day makes nothing due at once.
bool filed_later(const RecordFacts& facts, Date start) {
  return facts.not_before && start < *facts.not_before;
}

// The first day is not counted, so that a term ends on the day of the same date; without such a
// day, on the last of the month (民法§120, §121).
Date last_day(Date start, int years) {
  const Date last = start + std::chrono::years(years);
  return last.ok() ? last : Date(sys_days(last.year() / last.month() / std::chrono::last));
}

Date day_after(Date date) { return sys_days(date) + std::chrono::days(1); }

std::string both(Date date) { return fmt::format("{} ({})", iso_date(date), roc_date(date)); }

const char* trigger_words(Trigger trigger) {
  switch (trigger) {
    case Trigger::record_date:
      return "the record's date";
    case Trigger::year_end:
      return "the end of the record's year";
    case Trigger::completed:
      return "its last signature";
    case Trigger::superseded:
      return "the end of the year in which it was superseded";
    case Trigger::employment_end:
      return "the end of employment";
  }
  throw Bug("unknown trigger");
}

Said kept_for_ever(const RetentionClass& rule) {
  return {fmt::format("{} 永久保存，不得銷毀（{}）", rule.zh, rule.basis),
          fmt::format("{}: kept permanently, never destroyed ({})", rule.en, rule.basis)};
}

Said not_begun(const RetentionClass& rule) {
  return {fmt::format("{} {} 年，自{}起算，該日尚未發生（{}）", rule.zh, *rule.years,
                      trigger_label(rule.trigger), rule.basis),
          fmt::format("{}: {} years from {}, which has not come yet ({})", rule.en, *rule.years,
                      trigger_words(rule.trigger), rule.basis)};
}

struct Term {
  Said from;  // what it is reckoned from
  Date start;
  Date last;
};

Term term_of(const RecordFacts& facts, const RetentionClass& rule, Date start) {
  if (filed_later(facts, start))
    return {{"登錄日", "the day it was filed"},
            *facts.not_before,
            last_day(*facts.not_before, *rule.years)};
  return {{trigger_label(rule.trigger), trigger_words(rule.trigger)},
          start,
          last_day(start, *rule.years)};
}

Said reckoned(const RetentionClass& rule, const Term& term) {
  const Date due = day_after(term.last);
  return {fmt::format("{} {} 年，自{} {} 起算，至 {} 屆滿，{} 起得銷毀（{}）", rule.zh, *rule.years,
                      term.from.zh, roc_date(term.start), roc_date(term.last), roc_date(due),
                      rule.basis),
          fmt::format("{}: {} years from {}, {}, to {}; may be destroyed from {} ({})", rule.en,
                      *rule.years, term.from.en, both(term.start), both(term.last), both(due),
                      rule.basis)};
}

Obstacle held(const std::vector<std::string>& holds) {
  const auto ids = fmt::format("{}", fmt::join(holds, ", "));
  return {"held",
          {"保全中，不得銷毀；須先由聲請人以外的人解除保全：" + ids,
           "it is held and cannot be destroyed; somebody other than the requester has to release "
           "the hold first: " +
               ids}};
}

Obstacle incomplete() {
  return {"record-incomplete",
          {"紀錄尚未簽署完成，不得銷毀；請先完成簽署",
           "signatures are still due on the record; it cannot be destroyed before they are there"}};
}

}  // namespace

Due due_of(const RecordFacts& facts, const RetentionClass& rule, const std::vector<Hold>& holds) {
  Due due;
  for (const auto& hold : holds) {
    if (holds_record(hold, facts)) due.holds.push_back(hold.id);
  }
  const auto start = rule.years ? start_of(facts, rule.trigger) : std::nullopt;
  if (start) {
    const auto term = term_of(facts, rule, *start);
    due.due = day_after(term.last);
    due.because = reckoned(rule, term);
  } else {
    due.because = rule.years ? not_begun(rule) : kept_for_ever(rule);
  }
  return due;
}

std::optional<Obstacle> obstacle(const RecordFacts& facts, const RetentionClass& rule,
                                 const std::vector<Hold>& holds, Date day) {
  const auto due = due_of(facts, rule, holds);
  if (!due.holds.empty()) return held(due.holds);
  if (!rule.years) return Obstacle{"retention-permanent", due.because};
  if (!facts.completed && !facts.closed) return incomplete();
  if (!due.due) return Obstacle{"trigger-open", due.because};
  if (day < *due.due) return Obstacle{"not-due", due.because};
  return std::nullopt;
}

}  // namespace vermilion::retention
