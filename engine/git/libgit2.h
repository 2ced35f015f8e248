// libgit2 behind handles; the only file of the engine that includes its headers.
//
// Threads  start_libgit2() from any thread; the rest as libgit2 documents.
// Errors   check() throws: unavailable when the system refused (disk, memory, descriptors), corrupt
// otherwise.
#pragma once
#include <git2.h>
#include <git2/odb_backend.h>
#include <git2/sys/commit_graph.h>
#include <git2/sys/odb_backend.h>

#include <cstring>

#include "base/handle.h"
#include "git/object.h"

namespace vermilion::git {

using Odb = Handle<git_odb, git_odb_free>;
using NativeRepository = Handle<git_repository, git_repository_free>;
using RevisionWalk = Handle<git_revwalk, git_revwalk_free>;
using CommitGraphWriter = Handle<git_commit_graph_writer, git_commit_graph_writer_free>;
using Indexer = Handle<git_indexer, git_indexer_free>;
using OdbObject = Handle<git_odb_object, git_odb_object_free>;

// Starts the library once in this process: verified reads, and few open packs.
void start_libgit2();

// Throws what the failed call means; `doing` says what was being done.
[[noreturn]] void fail(const std::string& doing);
inline void check(int code, const std::string& doing) {
  if (code < 0) fail(doing);
}

// Throws unavailable ("too-many-files") when this process cannot open one more file. libgit2 says
// "not found" then, which would look like lost evidence.
void require_descriptor();

inline git_oid native(const ObjectId& id) {
  git_oid oid;
  std::memcpy(oid.id, id.bytes.data(), id.bytes.size());
  return oid;
}

inline Object copy_object(git_odb_object& object) {
  return {
      static_cast<ObjectType>(git_odb_object_type(&object)),
      Bytes(static_cast<const char*>(git_odb_object_data(&object)), git_odb_object_size(&object))};
}

}  // namespace vermilion::git
