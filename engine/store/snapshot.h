// The evidence as it stood at one commit: read only, never changes.
//
// Threads  Any thread; records() as its Store.
// Errors   corrupt when an object does not match its id.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "git/tree_editor.h"
#include "model/record.h"
#include "store/record_query.h"

namespace vermilion::store {

class RecordIndex;

class Snapshot {
 public:
  // Without a commit: the empty tree before the first act. Without an index records() reads every manifest.
  Snapshot(git::ReadObject read, std::optional<git::ObjectId> commit,
           const RecordIndex* index = nullptr);

  [[nodiscard]] const std::optional<git::ObjectId>& commit() const { return commit_; }
  // The file's bytes; nothing if there is none.
  [[nodiscard]] std::optional<Bytes> read(const std::string& path) const;
  [[nodiscard]] Bytes require(const std::string& path) const;  // throws not_found "no-such-path"
  // Names in a folder with whether each is a folder, in git's order; empty if there is none.
  [[nodiscard]] std::vector<git::TreeEntry> list(const std::string& path) const;
  [[nodiscard]] std::vector<git::TreeEntry> list(const git::ObjectId& folder) const;  // whose id list() told
  // What stands at that path, file or folder: the same id, the same content.
  [[nodiscard]] std::optional<git::ObjectId> id_of(const std::string& path) const;
  // The bytes of a file whose id list() or the catalogue told, without searching its folder for it again.
  [[nodiscard]] Bytes blob(const git::ObjectId& id) const;
  // Calls visit(path, bytes) for every file below `folder` ("" for all), in git's order.
  void each_file(const std::string& folder,
                 const std::function<void(const std::string&, const Bytes&)>& visit) const;
  // Paths of the files that differ from `before`, sorted: written, changed or removed. O(differences).
  [[nodiscard]] std::set<std::string> changed_since(const Snapshot& before) const;
  // The records asked for, each as its manifest here says. Throws corrupt ("row-differs") when the index says otherwise.
  [[nodiscard]] std::vector<model::Record> records(const RecordQuery& query) const;
  // The commit itself (author, message); throws not_found on the empty snapshot.
  [[nodiscard]] git::Commit describe() const;

 private:
  [[nodiscard]] std::vector<model::Record> all_records(const RecordQuery& query) const;
  [[nodiscard]] std::vector<model::Record> records_at(const RecordPlaces& places,
                                                      const RecordQuery& query) const;

  git::ReadObject read_;
  std::optional<git::ObjectId> commit_;
  const RecordIndex* index_;
  std::optional<git::ObjectId> tree_;
};

}  // namespace vermilion::store
