#include "base/date.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "base/error.h"

namespace vermilion {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr int kRocEpoch = 1911;

[[noreturn]] void bad_date(std::string_view text) {
  throw Error(
      Failure::invalid, "bad-date",
      {fmt::format("日期「{}」無法辨識，請寫成 2015-09-01、104.9.1 或 民國104年9月1日", text),
       fmt::format("'{}' is not a date; write 2015-09-01, 104.9.1 or 民國104年9月1日", text)});
}

// Runs of ASCII digits, in order; anything between them separates.
std::vector<int> numbers(std::string_view text) {
  std::vector<int> found;
  for (std::size_t i = 0; i < text.size();) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), value);
    if (error == std::errc() && text[i] != '-') {
      found.push_back(value);
      i = static_cast<std::size_t>(end - text.data());
    } else {
      ++i;
    }
  }
  return found;
}

std::string without_spaces(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    if (c != ' ') kept += c;
  }
  return kept;
}

std::optional<Date> checked(int y, int m, int d) {
  if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
  const Date date{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

// The shapes are checked by rebuilding the text from the numbers, so nothing else slips through.
std::optional<Date> read_date(const std::string& text) {
  const auto n = numbers(text);
  if (n.size() != 3) return std::nullopt;
  if (text == fmt::format("{:04}-{:02}-{:02}", n[0], n[1], n[2])) return checked(n[0], n[1], n[2]);
  const bool roc = text == fmt::format("{}.{}.{}", n[0], n[1], n[2]) ||
                   text == fmt::format("{}/{}/{}", n[0], n[1], n[2]) ||
                   text == fmt::format("民國{}年{}月{}日", n[0], n[1], n[2]);
  if (roc && n[0] < kRocEpoch) return checked(n[0] + kRocEpoch, n[1], n[2]);
  return std::nullopt;
}

}  // namespace

Date parse_date(std::string_view text) {
  if (text.size() > 64) bad_date(text.substr(0, 16));
  const auto date = read_date(without_spaces(text));
  if (!date) bad_date(text);
  return *date;
}

std::string iso_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()));
}

std::string roc_date(Date date) {
  const int y = int(date.year());
  const bool roc = y > kRocEpoch;
  return fmt::format("{}{}年{}月{}日", roc ? "民國" : "西元", roc ? y - kRocEpoch : y,
                     unsigned(date.month()), unsigned(date.day()));
}

std::string short_roc_date(Date date) {
  const auto full = roc_date(date);
  constexpr std::string_view era = "民國";
  return full.starts_with(era) ? full.substr(era.size()) : full;
}

std::string rfc3339(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss time(instant - days);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", iso_date(Date(days)), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

Instant parse_instant(std::string_view text) {
  const auto n = numbers(text);
  if (text.size() == 20 && n.size() == 6 && n[3] < 24 && n[4] < 60 && n[5] < 60) {
    const auto date = checked(n[0], n[1], n[2]);
    if (date) {
      const Instant instant = std::chrono::sys_days(*date) + std::chrono::hours(n[3]) +
                              std::chrono::minutes(n[4]) + std::chrono::seconds(n[5]);
      if (rfc3339(instant) == text) return instant;
    }
  }
  throw Error(
      Failure::invalid, "bad-instant",
      {"時間「" + std::string(text.substr(0, 40)) + "」無法辨識，請寫成 2026-11-22T08:00:00Z",
       "'" + std::string(text.substr(0, 40)) + "' is not a time; write 2026-11-22T08:00:00Z"});
}

}  // namespace vermilion
