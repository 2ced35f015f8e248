// Edits a tree by paths and yields only the objects that are new.
//
// Cost     Loads and rewrites only the directories on the edited paths.
// Threads  One thread at a time.
// Errors   invalid ("bad-path") for empty, absolute, "..", ".git…" or NUL-holding path parts,
// backslashes and
//          control characters, and for a file where a directory stands or the reverse; corrupt when
//          a directory's object cannot be read.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "git/object.h"

namespace vermilion::git {

using ReadObject = std::function<std::optional<Object>(const ObjectId&)>;

class TreeEditor {
 public:
  // `root` empty: begins with an empty tree.
  TreeEditor(ReadObject read, std::optional<ObjectId> root);
  ~TreeEditor();

  void put(const std::string& path, std::string_view content);  // replaces a file or makes it
  // The file, or the directory with all below it. A missing path is not an error; empty directories
  // vanish.
  void remove(const std::string& path);
  // The blob at the path as the edits stand; nothing if there is none.
  [[nodiscard]] std::optional<Bytes> read(const std::string& path);
  // Names in the directory ("": the root; files and directories), sorted; empty if there is none.
  // The id of a directory with edits in it is not yet known.
  [[nodiscard]] std::vector<TreeEntry> list(const std::string& path);

  // The id of the root after all edits; `objects` receives every new blob and tree by id. Editing
  // may go on.
  [[nodiscard]] ObjectId write(std::map<ObjectId, Object>& objects);

 private:
  struct Directory;
  ReadObject read_;
  std::unique_ptr<Directory> root_;
  std::map<ObjectId, Object> blobs_;
};

// Without editing: the object at `path` below the tree `root`, and the names in a directory.
[[nodiscard]] std::optional<ObjectId> find_path(const ReadObject& read, const ObjectId& root,
                                                const std::string& path);
// Calls `visit(path, blob id)` for each file below `root`, in git's order.
void walk_tree(const ReadObject& read, const ObjectId& root,
               const std::function<void(const std::string&, const ObjectId&)>& visit);
// Calls `visit` for each file that differs between two trees (either may be absent).
// O(differences).
struct Change {
  std::string path;
  std::optional<ObjectId> before;
  std::optional<ObjectId> after;
};
void diff_trees(const ReadObject& read, const std::optional<ObjectId>& before,
                const std::optional<ObjectId>& after,
                const std::function<void(const Change&)>& visit);

}  // namespace vermilion::git
