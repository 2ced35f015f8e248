#include "review/changes.h"

#include "review/markdown.h"

namespace vermilion::review {
namespace {

std::string key_of(const Json& row, const std::vector<const char*>& keys) {
  std::string key;
  for (const char* name : keys) key += words_of(row, name) + '\n';
  return key;
}

// Each row of last year answers one of this year: two rows of one name are two rows.
class Matcher {
 public:
  Matcher(const std::vector<Json>& rows, const std::vector<const char*>& keys)
      : rows_(rows), keys_(keys), taken_(rows.size(), false) {}

  const Json* take(const Json& row) {
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (taken_[i] || key_of(rows_[i], keys_) != key_of(row, keys_)) continue;
      taken_[i] = true;
      return &rows_[i];
    }
    return nullptr;
  }

  [[nodiscard]] std::vector<RowChange> rest() const {
    std::vector<RowChange> rest;
    for (size_t i = 0; i < rows_.size(); ++i) {
      if (!taken_[i]) rest.push_back({Change::removed, rows_[i], {}, {}});
    }
    return rest;
  }

 private:
  const std::vector<Json>& rows_;
  const std::vector<const char*>& keys_;
  std::vector<bool> taken_;
};

RowChange compared(const Json& before, const Json& now, const std::vector<const char*>& members) {
  RowChange result{Change::same, now, before, {}};
  for (const char* member : members) {
    if (words_of(before, member) != words_of(now, member)) result.members.emplace_back(member);
  }
  if (!result.members.empty()) result.change = Change::changed;
  return result;
}

}  // namespace

std::vector<RowChange> compare(const std::vector<Json>& before, const std::vector<Json>& now,
                               const std::vector<const char*>& keys,
                               const std::vector<const char*>& members) {
  Matcher matcher(before, keys);
  std::vector<RowChange> changes;
  for (const Json& row : now) {
    const Json* old = matcher.take(row);
    changes.push_back(old ? compared(*old, row, members) : RowChange{Change::added, row, {}, {}});
  }
  for (auto& removed : matcher.rest()) changes.push_back(std::move(removed));
  return changes;
}

const char* change_word(Change change) {
  switch (change) {
    case Change::added:
      return "新增";
    case Change::changed:
      return "修訂";
    case Change::removed:
      return "刪除";
    case Change::same:
      break;
  }
  return "無變更";
}

}  // namespace vermilion::review
