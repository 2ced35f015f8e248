// Files that a process which is gone left behind.
//
// Ours     *.vermilion-new: only who holds the store's lock writes them, so under that lock they are nobody's.
// Others'  *.lock, tmp_*, .tmp-*, pack_git2_*: of a git that runs beside us (a push, a gc), so they are taken for left behind only when nobody
//          touched them for an hour.
// Use      Under the store's lock.
#pragma once
#include "base/disk.h"

namespace vermilion::git {

// Whether whoever made this file cannot be at work on it any more.
[[nodiscard]] bool is_abandoned(const Path& file);

// In the repository's folder, objects/, objects/pack and the folders of loose objects. objects/info is maintenance's (repack.h).
void remove_leftovers(Disk& disk, const Path& repository);

}  // namespace vermilion::git
