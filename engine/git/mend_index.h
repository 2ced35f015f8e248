// Makes an index anew from the pack it belongs to.
//
// Shape    libgit2 reads the pack in a folder of its own (objects/pack/<name>.vermilion-new), and its index takes the place of the broken
//          one by a rename. A multi-pack-index is removed: maintenance writes it again.
// Cost     Reads and inflates every object of the pack, and needs the size of the pack once more on the disk.
// Errors   corrupt ("pack-damaged") when the pack itself is broken: then the index is left as it is.
#pragma once
#include <string>

#include "base/disk.h"

namespace vermilion::git {

// `file`: "pack-….idx" or "multi-pack-index".
void mend_index(Disk& disk, const Path& pack_folder, const std::string& file);

}  // namespace vermilion::git
