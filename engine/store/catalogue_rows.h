// Rows of the catalogue as values, and values as rows; the columns are told in catalogue_db.h.
//
// Errors   None: rows come from MacTable, which has checked their MACs.
#pragma once
#include <limits>
#include <optional>

#include "store/catalogue.h"
#include "store/mac_table.h"
#include "store/payloads.h"

namespace vermilion::store {

// How far a projection has come.
struct Progress {
  std::optional<git::ObjectId> commit;  // main as far as acts and paths go
  std::uint64_t sequence = 0;
  std::uint64_t log_size = 0;
  PayloadEnd payloads;
  Instant latest{};  // the greatest time of an act so far
};

constexpr std::uint64_t kNever = std::numeric_limits<std::int64_t>::max();

// Where a record lies and what it is asked by. Nothing here changes while the record is signed, but `completed`.
struct RecordRow {
  std::uint64_t place = 0;  // its sequence number
  std::string record;       // ULID
  std::string number;
  std::string form;
  std::string account;
  std::string date;       // 2026-11-22
  std::string corrects;   // ULID or ""
  std::string retention;  // class
  // The day its years begin at the earliest, "" when that may have been any day before it was filed.
  std::string begins;
  std::uint64_t since = 0;           // sequence of the act that filed it
  std::uint64_t completed = kNever;  // of the act with its last signature
};

[[nodiscard]] std::string seconds_value(Instant at);
[[nodiscard]] Row act_values(const ActRow& row);
[[nodiscard]] ActRow act_row(const Row& row);
[[nodiscard]] Row entry_values(const LogRow& row);
[[nodiscard]] LogRow entry_row(const Row& row);
[[nodiscard]] Row payload_values(const PayloadPlace& place);
[[nodiscard]] PayloadPlace payload_place(const Row& row);
[[nodiscard]] Row record_values(const RecordRow& row);
[[nodiscard]] RecordRow record_row(const Row& row);
[[nodiscard]] Row progress_values(const Progress& progress);
[[nodiscard]] Progress progress_row(const Row& row);

}  // namespace vermilion::store
