// What the catalogue is asked, as SQL: each question names the index that answers it, so that none can come to walk a table.
//
// Shape    `rest` follows "SELECT … FROM <table> " (MacTable::select).
// Threads  Pure functions.
// Why      SQLite has no statistics here and may prefer a walk in the order asked for: INDEXED BY makes that an error.
#pragma once
#include <string>

#include "store/catalogue.h"
#include "store/mac_table.h"
#include "store/record_query.h"

namespace vermilion::store {

struct Query {
  std::string rest;
  Row arguments;
};

[[nodiscard]] Query acts_query(std::uint64_t from_sequence, std::size_t limit);
// The last act at or before `at` is the later of two: of all by their time, and of those whose clock was behind.
[[nodiscard]] Query latest_act_query(Instant at);
[[nodiscard]] Query behind_act_query(Instant at);
[[nodiscard]] Query log_query(const LogFilter& filter);
// Rows of records filed by the acts up to and with number `sequence`.
[[nodiscard]] Query records_query(const RecordQuery& query, std::uint64_t sequence);

}  // namespace vermilion::store
