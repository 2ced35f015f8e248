// What the first act of a process does before anything else: a writer that was killed may have left files behind.
//
// Where    Both repositories (git/repository.h, clean_up), log/ along its right edge, where alone it is written, payloads/, vault/,
//          vault/kek, store-keys, index, and the store's own folder. A half-written key file is overwritten before it is removed: the key
//          it wraps may be destroyed one day.
// Use      Under the store's lock: only who holds it writes there.
#pragma once
#include "store/parts.h"

namespace vermilion::store {

// Removes leftovers, completes maintenance that was broken off. Faults of the disk are thrown.
void clean_up(Parts& parts);
// After everything is folded.
void release_packs(Parts& parts);

}  // namespace vermilion::store
