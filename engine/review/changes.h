// Two years of one table, row by row: what is new, changed, gone or the same.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace vermilion::review {

enum class Change { added, changed, removed, same };

struct RowChange {
  Change change = Change::same;
  Json row;                          // this year's; last year's if it was removed
  Json before;                       // last year's, if changed
  std::vector<std::string> members;  // which differ
};

// Rows are the same row if the members named in `keys` agree. Order: this year's, then the removed ones.
[[nodiscard]] std::vector<RowChange> compare(const std::vector<Json>& before,
                                             const std::vector<Json>& now,
                                             const std::vector<const char*>& keys,
                                             const std::vector<const char*>& members);

[[nodiscard]] const char* change_word(Change change);  // 新增

}  // namespace vermilion::review
