#include "base/bytes.h"
#include "base/date.h"
#include "base/error.h"
#include "base/local_time.h"
#include "base/text.h"
#include "base/ulid.h"

using namespace vermilion;
using namespace std::chrono_literals;

TEST_CASE("a date reads the same in both calendars", "[base]") {
  const Date expected = std::chrono::year(2015) / 9 / 1;
  for (const char* text : {"2015-09-01", "104.9.1", "104/9/1", "民國104年9月1日", "民國 104 年 9 月 1 日"}) {
    INFO(text);
    CHECK(parse_date(text) == expected);
  }
  CHECK(iso_date(expected) == "2015-09-01");
  CHECK(roc_date(expected) == "民國104年9月1日");
  CHECK(roc_date(std::chrono::year(1911) / 10 / 10) == "西元1911年10月10日");
  CHECK(short_roc_date(expected) == "104年9月1日");
  CHECK(short_roc_date(std::chrono::year(1911) / 10 / 10) == "西元1911年10月10日");
}

TEST_CASE("what is not a day is refused with the accepted forms", "[base]") {
  for (const char* text : {"", "2015-02-29", "104.13.1", "2015-9-1", "104-9-1", "明天", "104.9.1.2"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_date(text), Error);
  }
}

TEST_CASE("a day begins at midnight in the store's time zone", "[base]") {
  const Date date = std::chrono::year(2026) / 11 / 22;
  CHECK(rfc3339(start_of_day(date, "Asia/Taipei")) == "2026-11-21T16:00:00Z");
  CHECK(date_at(parse_instant("2026-11-21T16:00:00Z"), "Asia/Taipei") == date);
  CHECK(date_at(parse_instant("2026-11-21T15:59:59Z"), "Asia/Taipei") ==
        std::chrono::year(2026) / 11 / 21);
  CHECK_THROWS_AS(start_of_day(date, "Asia/Nowhere"), Error);
}

TEST_CASE("a page says the time of the day that it names, and how far that is from UTC", "[base]") {
  const auto at = parse_instant("2026-11-30T18:03:49Z");
  CHECK(local_time(at, "Asia/Taipei") == "2026-12-01 02:03:49+08:00");
  CHECK(local_time(at, "America/St_Johns") == "2026-11-30 14:33:49-03:30");
  CHECK(local_time(at, "UTC") == "2026-11-30 18:03:49+00:00");
  CHECK(roc_date(date_at(at, "Asia/Taipei")) == "民國115年12月1日");
}

TEST_CASE("an instant has exactly one spelling", "[base]") {
  CHECK(rfc3339(parse_instant("2026-11-22T08:00:00Z")) == "2026-11-22T08:00:00Z");
  for (const char* text : {"2026-11-22T08:00:00+08:00", "2026-11-22 08:00:00Z", "2026-11-22T24:00:00Z"}) {
    INFO(text);
    CHECK_THROWS_AS(parse_instant(text), Error);
  }
}

TEST_CASE("base64 and hex read back only what they write", "[base]") {
  const std::vector<std::string> samples = {"", "a", "ab", "abc", std::string("\0\xff\x10", 3)};
  for (const auto& bytes : samples) {
    CHECK(from_base64(base64(bytes)) == bytes);
    CHECK(from_hex(hex(bytes)) == bytes);
  }
  CHECK(base64("密封") == "5a+G5bCB");
  for (const char* bad : {"=", "YQ", "YQ=a", "YR==", "Y Q=", "===="}) CHECK_FALSE(from_base64(bad));
  CHECK_FALSE(from_hex("AB"));
  CHECK_FALSE(from_hex("abc"));
}

TEST_CASE("stored text is NFC but keeps compatibility ideographs, which occur in names", "[base]") {
  CHECK(require_text("cafe\u0301", "標題") == "caf\u00e9");
  CHECK(require_text("林\uFA19", "姓名") == "林\uFA19");
  CHECK(lookup_form("\uFA19") == "\u795E");
  CHECK_THROWS_AS(require_text("\xe6\x96 end", "標題"), Error);
  CHECK_FALSE(is_text(std::string_view("a\0b", 3)));
  CHECK(utf8(code_points("𠮷田")) == "𠮷田");
  CHECK(is_cjk(U'𡍼'));
  CHECK_FALSE(is_cjk(U'，'));
}

TEST_CASE("ULIDs sort by time", "[base]") {
  const auto early = make_ulid(parse_instant("2026-11-22T08:00:00Z"), std::string(10, '\xff'));
  const auto late = make_ulid(parse_instant("2026-11-22T08:00:01Z"), std::string(10, '\0'));
  CHECK(early < late);
  CHECK(is_ulid(early));
  CHECK(make_ulid(Instant(1469918176s), std::string(10, '\0')).substr(0, 10) == "01ARYZ6RR0");
  CHECK_FALSE(is_ulid("81ARYZ6RR00000000000000000"));
}
