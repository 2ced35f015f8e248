// Whether what the catalogue says is what git and log say. The one place where its answers are looked up.
//
// Errors   corrupt ("row-differs") naming the row; whatever git and log throw when they are damaged themselves.
// Cost     A commit for each act, a path in its tree for each version, a bundle of the log for each 256 entries touched.
// Threads  As its Store.
// Source   architecture section 2, "each hit is checked against git".
#pragma once
#include "git/tree_editor.h"
#include "log/tile_log.h"
#include "store/catalogue.h"

namespace vermilion::store {

void verify_act(const git::ReadObject& read, const ActRow& row);
void verify_version(const git::ReadObject& read, const std::string& path, const PathRow& row);
// Rows in order of index.
void verify_entries(log::TileLog& log, const std::vector<LogRow>& rows);

}  // namespace vermilion::store
