// The running numbers of records: taken under the writer's lock, so that none is lost and none given twice.
//
// Shape   records/numbers.json {"sequence": n, "forms": {"nda-employee": {"115": 12}}}: the last of each. Within this layer only.
#pragma once
#include <cstdint>
#include <string>

#include "base/date.h"
#include "base/json.h"
#include "store/act.h"

namespace vermilion::records {

inline constexpr const char* kNumbersPath = "records/numbers.json";

[[nodiscard]] int roc_year(Date date);
// "NDA-{roc_year}-{seq:4}" -> "NDA-115-0001"
[[nodiscard]] std::string number_text(const std::string& pattern, int roc_year, int running);

// 1 of "NDA-115-0001"; 0 when there is none.
[[nodiscard]] int running_of(const std::string& number);

class Numbers {
 public:
  explicit Numbers(const store::Snapshot& evidence);
  [[nodiscard]] std::uint64_t take_sequence();
  [[nodiscard]] int take(const std::string& form, int roc_year);
  void put(store::Changes& changes) const;

 private:
  Json last_;
};

}  // namespace vermilion::records
