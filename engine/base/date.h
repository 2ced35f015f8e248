// Civil dates in both calendars, and instants as RFC 3339 text.
//
// Shape  A Date is a proleptic Gregorian day; ROC (民國) year = Gregorian year - 1911.
// Text   parse_date accepts 2015-09-01, 104.9.1, 104/9/1 and 民國104年9月1日 (spaces ignored).
// Errors parse functions throw Failure::invalid naming the accepted forms.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace vermilion {

using Date = std::chrono::year_month_day;

[[nodiscard]] Date parse_date(std::string_view text);
// 2015-09-01
[[nodiscard]] std::string iso_date(Date date);
// 民國104年9月1日; before 1912, 西元1911年10月10日
[[nodiscard]] std::string roc_date(Date date);
[[nodiscard]] std::string short_roc_date(Date date);  // without 民國, where it is clear: 104年9月1日

// 2026-11-22T08:00:00Z and back. parse_instant accepts exactly this form.
[[nodiscard]] std::string rfc3339(Instant instant);
[[nodiscard]] Instant parse_instant(std::string_view text);

// The instant at which `date` begins in the time zone (IANA name, such as Asia/Taipei), and the
// date that is current there at `instant`. An unknown zone is Failure::invalid.
[[nodiscard]] Instant start_of_day(Date date, const std::string& zone);
[[nodiscard]] Date date_at(Instant instant, const std::string& zone);

}  // namespace vermilion
