// What the regulation wants done again and again, and was not: the archive of the log each half-year, its review each month, a look at it each
// day, the recovery drill each year.
//
// Rule     The archive of a half-year and the review of a month are due as many days after it as the review of access is (rules/profile.json,
//          "access_review"); the first ones wanted are of the half-year and the month in which the store was made. A month is reviewed
//          when signed reviews, together, leave out none of its entries. A day's look is late when nobody who files reviews looked on
//          that day or the next; both wait until the form of the review is published. A drill is due a year after the one before, or
//          after the store was made.
// Source   肆/九/(四)/2; 肆/十三/(一)/3, 5; SC-47, SC-48, SC-66.
#pragma once
#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// [{what: "log-archive"|"log-report"|"log-check"|"recovery-drill", due, zh, en}], each of them overdue today.
[[nodiscard]] Json overdue_duties(Context& context);

}  // namespace vermilion::service
