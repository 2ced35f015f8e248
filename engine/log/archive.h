// A log copied as far as one of its checkpoints, to a folder where it reads as a log of its own.
//
// Shape    The files of docs-src/formats/log.md that a tree of that size has, and its checkpoint, written last.
// Threads  One at a time for each TileFiles; the source may be appended to meanwhile.
// Errors   unavailable "log-moved-on" when a partial tile gave way to a wider one meanwhile: try again with a newer checkpoint.
#pragma once
#include "log/tile_log.h"

namespace vermilion::log {

// `note` is the signed note of that checkpoint.
void copy_log(TileFiles& from, TileFiles& to, std::uint64_t size, const Bytes& note);

// "sha256:…" over the leaf hashes of the entries from … to-1, one after the other: what they were, in 64 digits.
[[nodiscard]] std::string entries_digest(TileLog& log, std::uint64_t from, std::uint64_t to);

}  // namespace vermilion::log
