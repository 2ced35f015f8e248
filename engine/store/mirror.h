// A bare repository that follows another one by its packs: what stock git reads in a backup.
//
// Idea     Objects are never changed: what the mirror lacks is copied, as whole packs where nothing of them
//          is there yet, else as one pack of what is new. So a repack of the source costs the mirror nothing.
// Refs     All in packed-refs, written last and at once: until then the mirror shows what it showed.
// Threads  One thread; the source may be written and repacked meanwhile.
// Source   docs-src/formats/backup.md.
#pragma once
#include <map>
#include <string>

#include "git/repository.h"

namespace vermilion::store {

using RefMap = std::map<std::string, git::ObjectId>;

// Throws not_found ("no-file") when a pack was taken away meanwhile: try again.
void copy_objects(Disk& disk, git::Repository& source, const Path& from, const Path& to);
void write_refs(Disk& disk, const Path& repository, const RefMap& refs);

}  // namespace vermilion::store
