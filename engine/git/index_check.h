// Whether the indexes of a repository can be followed: every offset lies within its pack.
//
// Why      libgit2 maps an index and follows its offsets wherever they lead; one flipped bit ended the process with a signal.
// Cost     4 to 8 bytes read for each object, once in this process for each index as it stands (by inode, size and time).
// Threads  Any.
// Errors   corrupt ("index-broken") naming the file; `vermilion rebuild` makes it anew.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/disk.h"

namespace vermilion::git {

void require_followable(Disk& disk, const Path& pack_folder);
// The indexes that cannot be followed or whose checksums do not match: "pack-….idx", "multi-pack-index". Reads all of each.
[[nodiscard]] std::vector<std::string> broken_indexes(Disk& disk, const Path& pack_folder);

}  // namespace vermilion::git
