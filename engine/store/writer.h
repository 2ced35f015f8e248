// commit(): from an act to a receipt.
//
// Errors   See store.h. What is thrown before the journal is written means that nothing happened.
#pragma once
#include "store/act.h"
#include "store/parts.h"

namespace vermilion::store {

[[nodiscard]] Receipt commit_act(Parts& parts, const Act& act);

// The store's lock; waits up to 30 s, then throws unavailable "store-busy".
[[nodiscard]] FileLock lock_store(const Path& store);

}  // namespace vermilion::store
