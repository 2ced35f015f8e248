// What the files in objects/pack say, asked of themselves.
//
// Why      libgit2 passes over a pack it cannot open (truncated, unreadable, no descriptor left)
// and answers "not found",
//          which would look like evidence that never was.
// Cost     is_listed: a few small reads for each index, for answers of "not found" only, which are rare. The others read the pack.
// Errors   unavailable when an index cannot be opened; a malformed index counts as listing the
// object.
#pragma once
#include <string_view>

#include "base/disk.h"
#include "git/object.h"

namespace vermilion::git {

// Whether any index says that an object is packed.
[[nodiscard]] bool is_listed(Disk& disk, const Path& pack_folder, const ObjectId& id);

// "pack-….idx"; git repack has others under way or left behind, ".tmp-1234-pack-….idx".
[[nodiscard]] bool is_index_name(std::string_view file);
// How many objects an index lists; 0 when it is too short to say.
[[nodiscard]] std::uint64_t listed_objects(File& index);
// Whether both files of a pack stand, the pack ends in the SHA-1 of all before, and the index means this pack.
[[nodiscard]] bool is_whole(Disk& disk, const Path& pack_folder, const std::string& name);
// Whether the last 20 bytes are the SHA-1 of all before them, and equal `expected`.
[[nodiscard]] bool closes_rightly(File& pack, const Bytes& expected);

}  // namespace vermilion::git
