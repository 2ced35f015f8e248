// Retention rules: how long a class of records is kept, and from when.
//
// Shape   rules/retention.json [{id, zh, en, years, trigger, track, basis}]; schemas/retention.schema.json. years null: permanent;
//         track "archive" or "internal".
//         Only the legal steps 30, 25, 20, 15, 10, 5, 3, 1 are taken (檔案保存年限及銷毀辦法 §4).
// Errors  corrupt "bad-rules"; invalid "unknown-retention" naming the classes there are.
// Source  domain/findings.md §2, §5.2; architecture invariant 14.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/snapshot.h"

namespace vermilion::retention {

// When the years begin to count. The date of some is not known when the record is filed: then the record is not due.
enum class Trigger {
  record_date,     // the record's own date
  year_end,        // 31 December of the record's date
  completed,       // the day of the last signature
  superseded,      // end of the year in which a later record of the same form was filed
  employment_end,  // the last day of the person it is about
};
[[nodiscard]] const char* trigger_name(Trigger trigger) noexcept;   // "year-end"
[[nodiscard]] const char* trigger_label(Trigger trigger) noexcept;  // 年度結束日

struct RetentionClass {
  std::string id;  // also the class of the key-encryption keys
  std::string zh;
  std::string en;
  std::optional<int> years;
  Trigger trigger = Trigger::record_date;
  bool archive = false;  // track (a) 檔案: the archives authority's approval number is needed
  std::string basis;     // 民法§125
};

class RetentionRules {
 public:
  explicit RetentionRules(const store::Snapshot& evidence);
  [[nodiscard]] const std::vector<RetentionClass>& classes() const { return classes_; }
  [[nodiscard]] const RetentionClass& require(const std::string& id) const;  // lent while the rules live

 private:
  std::vector<RetentionClass> classes_;
};

// What a new store begins with.
[[nodiscard]] Bytes default_retention_rules();

}  // namespace vermilion::retention
