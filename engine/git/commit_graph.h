// objects/info/commit-graph: parents, trees and generations of all commits in one file, so that stock git walks history without opening
// each commit. The engine itself asks its catalogue and does not read it.
//
// Memory   About 800 bytes for each commit, while it is written (measured at a million of them).
// Errors   corrupt when a commit cannot be read, unavailable for disk.
// Source   git's Documentation/gitformat-commit-graph; libgit2 writes the bytes.
#pragma once
#include "base/disk.h"

namespace vermilion::git {

// Writes it anew over every commit that a ref leads to; durable when it returns. No commits: there is none.
void write_commit_graph(Disk& disk, const Path& repository);

}  // namespace vermilion::git
