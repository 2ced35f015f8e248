// Geometric repacking: small packs are merged until each pack holds at least twice as many objects as the next smaller one.
//
// Why      Each fold adds a pack, and each pack costs every read and every opening something. Merging all packs each time would copy
//          the whole history again and again; in proportion, an object is copied about log2(objects / objects of a fold) times.
// Left     Packs under .keep (a fold or a push under way), packs that git gave a meaning of its own (.mtimes, .promisor), and full
//          ones: of 524288 objects or a 32nd of all, whichever is more. So a merge is bounded and there are never many full ones.
// Order    Merged pack and index durable; multi-pack-index gone if it names a source; the sources' indexes renamed to
//          <name>.gone.vermilion-merge, durably; their packs removed, durably; the renamed indexes removed. Broken off anywhere, every
//          object stands in a pack with its index, and complete_repack() sees to the rest.
// Readers  may have sources open, and go on reading them; who finds one gone looks again (Repository::find).
// Use      By one at a time: under the lock for maintenance (store/maintenance.h). Acts, folds and stock git may go on beside it: packs
//          never change, only maintenance removes one, and what is removed stands elsewhere.
// Errors   As PackMerge; not_found when stock git removed a source meanwhile.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/disk.h"

namespace vermilion::git {

struct PackCount {
  std::string name;  // without suffix
  std::uint64_t objects = 0;
};

// The packs to merge so that the rest and the merged one are in proportion; empty when they are.
[[nodiscard]] std::vector<std::string> out_of_proportion(std::vector<PackCount> packs);
// Packs with an index.
[[nodiscard]] std::size_t count_packs(Disk& disk, const Path& repository);

// Merges what is out of proportion; false when nothing is.
bool repack(Disk& disk, const Path& repository);
// The same for these packs, whatever their size.
void merge_packs(Disk& disk, const Path& pack_folder, std::vector<std::string> names);
// Completes or withdraws a repack that was broken off.
void complete_repack(Disk& disk, const Path& repository);

}  // namespace vermilion::git
