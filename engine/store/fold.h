// From durable frames to the files everybody reads. Every step can be repeated, so that a fold cut
// short anywhere is completed by folding again from the start.
//
// Order    payloads -> vault (records the last frame's number) and accounts -> log entries and tiles
//          -> packs under .keep -> refs by compare-and-swap -> .keep released -> checkpoint ->
//          catalogue. The checkpoint follows the refs, so that a signed log never speaks of a
//          commit that is not there yet, and whose entry it holds is folded; the frames are
//          scrubbed by the caller.
// Use      Under the store's lock.
// Source   architecture section 2 "Writing".
#pragma once
#include "store/parts.h"

namespace vermilion::store {

// Frames in order, each following the one before: one pack for each repository, one move of each
// ref, one transaction for each database.
void fold(Parts& parts, const std::vector<PendingFrame>& frames);

// Folds and scrubs what a killed or failed writer left in the journal, and reopens the log. Throws
// corrupt ("frame-broken") when a frame does not follow the last one in the vault.
void settle(Parts& parts);

// Brings the catalogue up to date with git, log and payloads; a broken one is left for rebuild().
void refresh_catalogue(Parts& parts);

}  // namespace vermilion::store
