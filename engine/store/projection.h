// Fills the catalogue from what it is a projection of: git history, log entries and payload
// segments.
//
// Why      The same functions serve each fold, an opening after a crash, rebuild() and check(), so
//          that there is one meaning of every row.
// Errors   corrupt when a source cannot be read: a commit on main without our trailers
//          ("foreign-commit").
#pragma once
#include "git/repository.h"
#include "log/tile_log.h"
#include "store/catalogue_db.h"
#include "store/frame_body.h"

namespace vermilion::store {

struct Sources {
  git::Repository& evidence;
  log::TileLog& log;
  Payloads& payloads;
};

// Commits of main from the one after `known` (nothing: from the first) to `tip`, oldest first;
// nothing if `known` is not among the ancestors of `tip`.
[[nodiscard]] std::optional<std::vector<git::ObjectId>> commits_after(
    const git::ReadObject& read, const std::optional<git::ObjectId>& known,
    const std::optional<git::ObjectId>& tip);

// True when the catalogue holds all that its sources hold.
[[nodiscard]] bool is_current(CatalogueTables& tables, const Sources& sources);
// Brings the tables up to date from where their progress stands, in the caller's transaction.
// Throws conflict
// ("history-changed") when main no longer contains what they know: then they must be made anew.
void catch_up(CatalogueTables& tables, const Sources& sources);
// Adds one act's rows; false, and nothing done, unless the tables stand exactly before it.
[[nodiscard]] bool add_act(CatalogueTables& tables, const FrameBody& body,
                           const git::ReadObject& read);

}  // namespace vermilion::store
