// Which records are asked for.
//
// Shape    What is empty is not asked. Answers come in order of sequence, by date when `by_date`.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace vermilion::store {

struct RecordQuery {
  std::string id;  // ULID
  std::string number;
  std::string form;
  std::string account;
  std::string corrects;      // ULID of the record that it corrects
  std::string retention;     // class
  std::optional<Date> from;  // of the record's date, inclusive
  std::optional<Date> to;    // inclusive
  // Records whose years may have begun on or before that day: a few too many, none too few.
  std::optional<Date> begun_by;
  bool unfinished = false;  // signatures are due
  bool by_date = false;
  std::size_t limit = std::numeric_limits<std::size_t>::max();
};

// Where answers lie, by sequence number.
struct RecordPlaces {
  std::vector<std::uint64_t> folded;   // where the catalogue says that one lies
  std::vector<std::uint64_t> pending;  // where the commits after it changed something
};

}  // namespace vermilion::store
