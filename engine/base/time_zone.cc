// Days and instants of date.h and local_time.h, by the zones of ICU.
#include <unicode/gregocal.h>
#include <unicode/timezone.h>

#include <memory>

#include "base/date.h"
#include "base/error.h"
#include "base/local_time.h"

namespace vermilion {
namespace {

std::unique_ptr<icu::TimeZone> require_zone(const std::string& name) {
  std::unique_ptr<icu::TimeZone> zone(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (*zone == icu::TimeZone::getUnknown()) {
    throw Error(Failure::invalid, "unknown-time-zone",
                {"時區「" + name + "」不存在，請寫 IANA 名稱，例如 Asia/Taipei",
                 "no time zone '" + name + "'; write an IANA name such as Asia/Taipei"});
  }
  return zone;
}

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw Bug(u_errorName(status));
}

// How far that zone is ahead of UTC then.
std::chrono::seconds offset_at(Instant instant, const std::string& zone_name) {
  const auto zone = require_zone(zone_name);
  UErrorCode status = U_ZERO_ERROR;
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  zone->getOffset(static_cast<double>(instant.time_since_epoch().count()) * 1000.0, 0, raw, summer,
                  status);
  check(status);
  return std::chrono::seconds((raw + summer) / 1000);
}

}  // namespace

Instant start_of_day(Date date, const std::string& zone_name) {
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(require_zone(zone_name).release(), status);
  check(status);
  calendar.clear();
  calendar.set(int(date.year()), static_cast<int>(unsigned(date.month())) - 1,
               static_cast<int>(unsigned(date.day())), 0, 0, 0);
  const double milliseconds = calendar.getTime(status);
  check(status);
  return Instant(std::chrono::seconds(static_cast<std::int64_t>(milliseconds / 1000)));
}

Date date_at(Instant instant, const std::string& zone) {
  return Date(std::chrono::floor<std::chrono::days>(instant + offset_at(instant, zone)));
}

std::string local_time(Instant instant, const std::string& zone) {
  const auto offset = offset_at(instant, zone);
  const auto local = rfc3339(instant + offset);
  const auto ahead = rfc3339(Instant(std::chrono::abs(offset)));
  const auto date = local.substr(0, 10), time = local.substr(11, 8), hours = ahead.substr(11, 5);
  return date + " " + time + (offset < offset.zero() ? "-" : "+") + hours;
}

}  // namespace vermilion
