// When a record may be destroyed, and why. Pure functions over facts that the caller gathers.
//
// Units   Due is the first day on which it may be destroyed: the day after the last day of the term.
// Source  檔案法 §12; 檔案保存年限及銷毀辦法 §4; invariant 7 (a hold wins).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "retention/holds.h"
#include "retention/rules.h"

namespace vermilion::retention {

// What retention has to know of a record; never its content.
struct RecordFacts {
  std::string id;
  std::string number;
  std::string form;
  std::string retention;                // class
  std::string account;
  Date date;
  std::optional<Date> completed;        // nothing while signatures are due
  std::optional<Date> superseded;       // the day a later record of the form (for that account, if an agreement) was filed
  std::optional<Date> employment_end;
  std::optional<Date> not_before = {};  // the day it was filed; nothing for an imported record. No term begins earlier
  bool closed = false;                  // corrected, so that it will never be completed
  std::vector<std::string> corrects = {};  // ids of the records it corrects, transitively: their holds are its holds
  std::vector<std::string> payloads;    // every sealed part
  std::string manifest;                 // "sha256:…" of its manifest.json as it stands
};

struct Due {
  std::optional<Date> due;  // nothing: permanent, or the trigger has not happened
  Said because;             // "機房日誌 3 年，自紀錄日 民國112年3月1日 起算…" with the rule's basis
  std::vector<std::string> holds;  // ids of holds on it
};

[[nodiscard]] Due due_of(const RecordFacts& facts, const RetentionClass& rule,
                         const std::vector<Hold>& holds);
// May be destroyed on that day: due, complete and not held. Else why not: codes "not-due", "held", "record-incomplete",
// "retention-permanent", "trigger-open".
struct Obstacle {
  std::string code;
  Said said;
};
[[nodiscard]] std::optional<Obstacle> obstacle(const RecordFacts& facts, const RetentionClass& rule,
                                               const std::vector<Hold>& holds, Date day);

}  // namespace vermilion::retention
