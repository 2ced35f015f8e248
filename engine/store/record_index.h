// Finds the records of a state of main by what they are asked for, without reading every manifest.
//
// Idea     The catalogue knows where records lie as far as acts are folded; the few commits after that are compared tree by tree.
//          What is found is a place to look: Snapshot::records reads the manifest there and sees whether it says the same.
// Threads  As its Store.
// Errors   corrupt when a row was changed ("row-broken") or an object is missing.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "git/tree_editor.h"
#include "model/record.h"
#include "store/catalogue_rows.h"
#include "store/record_query.h"

namespace vermilion::store {

class CatalogueDb;

// The sequence number in "records/00/12/34/00123456/manifest.json"; nothing for any other path.
[[nodiscard]] std::optional<std::uint64_t> record_place(std::string_view path);
// What a manifest says; nothing when it is none: check() and verify tell of that.
[[nodiscard]] std::optional<RecordRow> record_of(const git::ReadObject& read,
                                                 const git::ObjectId& manifest);
// Whether a record is one of those asked for, without regard to its place in the order.
[[nodiscard]] bool answers(const RecordQuery& query, const model::Record& record);

class RecordIndex {
 public:
  explicit RecordIndex(const CatalogueDb& catalogue) : catalogue_(catalogue) {}

  // In the state after `commit`; nothing when the catalogue is broken or does not know that history.
  [[nodiscard]] std::optional<RecordPlaces> find(const git::ReadObject& read,
                                                 const git::ObjectId& commit,
                                                 const RecordQuery& query) const;

 private:
  const CatalogueDb& catalogue_;
};

}  // namespace vermilion::store
