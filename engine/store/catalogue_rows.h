// Rows of the catalogue as values, and values as rows; the columns are told in catalogue_db.h.
//
// Errors   None: rows come from MacTable, which has checked their MACs.
#pragma once
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
};

[[nodiscard]] Row act_values(const ActRow& row);
[[nodiscard]] ActRow act_row(const Row& row);
[[nodiscard]] Row entry_values(const LogRow& row);
[[nodiscard]] LogRow entry_row(const Row& row);
[[nodiscard]] Row payload_values(const PayloadPlace& place);
[[nodiscard]] PayloadPlace payload_place(const Row& row);
[[nodiscard]] Row progress_values(const Progress& progress);
[[nodiscard]] Progress progress_row(const Row& row);

}  // namespace vermilion::store
