// What a meeting of 民國 116 looks back on: the year 115 of an agency, with records of 113 and 114 imported.
//
// Shape    The context table has six rows (主管機關 changed in 115), the communication plan eight, the annual report the nine
//          values of story S7 (indicator 2 missed, answered by CAR-115-0001). The input 風險處理計畫 is absent.
// Source   ../shared/domain/seed_*.csv; stories S7, S8.
#pragma once
#include "review/pack.h"

namespace meeting {

vermilion::review::PackSources sources();

// The input record of 115 about `item`.
vermilion::review::Source input(int number, const std::string& item, const std::string& summary,
                                const std::string& source);

// A record of the form.
vermilion::review::Source record(const std::string& number, const std::string& form,
                                 const std::string& title, const std::string& date,
                                 const vermilion::Json& values);

}  // namespace meeting
