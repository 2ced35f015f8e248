// Opening, reading and writing generations; the one place where Xapian's exceptions become ours.
//
// Threads    Every call opens a database of its own. write_current and build_generation hold
//            <folder>/lock.
// Processes  As threads. A reader whose snapshot is overwritten or removed while it reads starts
//            again, the last time with the lock held, so that it always sees one whole state.
// Errors     unavailable "search-unavailable": no generation, another analyser's, or one that
//            cannot be read or written.
// Source     docs-src/formats/search.md.
#pragma once
#include <xapian.h>

#include <filesystem>
#include <functional>

namespace vermilion::search {

using Reading = std::function<void(const Xapian::Database&)>;
using Writing = std::function<void(Xapian::WritableDatabase&)>;

// Throws unavailable unless the current generation is whole and made by this analyser.
void require_sound(const std::filesystem::path& folder);

// Runs `reading` over the current generation, again when the snapshot was lost: it must start from
// nothing each time.
void read_current(const std::filesystem::path& folder, const Reading& reading);

// Runs `writing` over the current generation as one transaction; durable when it returns.
void write_current(const std::filesystem::path& folder, const Writing& writing);

// Runs `writing` over a new generation, makes it the current one and removes the others.
void build_generation(const std::filesystem::path& folder, const Writing& writing);

}  // namespace vermilion::search
