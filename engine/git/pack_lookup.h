// Whether any index says that an object is packed, asked of the index files themselves.
//
// Why      libgit2 passes over a pack it cannot open (truncated, unreadable, no descriptor left)
// and answers "not found",
//          which would look like evidence that never was.
// Cost     A few small reads for each index: for answers of "not found" only, which are rare.
// Errors   unavailable when an index cannot be opened; a malformed index counts as listing the
// object.
#pragma once
#include "base/disk.h"
#include "git/object.h"

namespace vermilion::git {

[[nodiscard]] bool is_listed(Disk& disk, const Path& pack_folder, const ObjectId& id);

}  // namespace vermilion::git
