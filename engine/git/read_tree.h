// Objects read through a ReadObject that must be there and be of one type.
#pragma once
#include "git/tree_editor.h"

namespace vermilion::git {

// Throws corrupt: "object-missing", or "object-type" when it is something else.
[[nodiscard]] Object require_object(const ReadObject& read, const ObjectId& id, ObjectType type);
// The entries of a tree, in git's order. Throws corrupt as above and "bad-tree".
[[nodiscard]] std::vector<TreeEntry> read_tree(const ReadObject& read, const ObjectId& id);

}  // namespace vermilion::git
