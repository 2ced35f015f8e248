// Refs as files, read and moved by the rules stock git keeps, so that both can work on one
// repository.
//
// Shape    A loose ref refs/… holds 40 hex digits and a newline (or "ref: <name>"); packed-refs
// lists the others. A
//          loose ref hides a packed one.
// Locking  A ref is changed under <ref>.lock, created exclusively, filled, synced and renamed over
// the ref: git pack-refs
//          removes a loose ref only under the same lock, after comparing it, so it cannot undo a
//          move.
// Threads  Any; the lock files order writers, of other processes too.
// Errors   unavailable ("ref-locked") when another process keeps the lock; corrupt ("bad-ref").
// Source   git's Documentation/gitrepository-layout and refs/files-backend.c.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/disk.h"
#include "git/object.h"

namespace vermilion::git {

class Refs {
 public:
  Refs(Disk& disk, Path repository) : disk_(disk), repository_(std::move(repository)) {}

  [[nodiscard]] std::optional<ObjectId> find(const std::string& name);
  [[nodiscard]] std::map<std::string, ObjectId> all(const std::string& prefix);

  // See Repository::move_ref. Throws conflict ("ref-moved", "ref-name-taken") and invalid
  // ("bad-ref-name").
  void move(const std::string& name, const std::optional<ObjectId>& expected,
            const ObjectId& target);
  void remove(const std::string& name);
  void remove_stale_locks();  // below refs/; see ref_lock.h

 private:
  [[nodiscard]] std::optional<std::string> loose(const std::string& name);
  [[nodiscard]] Bytes packed();
  [[nodiscard]] std::optional<ObjectId> find_packed(const std::string& name);
  void collect(const std::string& folder, std::map<std::string, ObjectId>& found);
  void require_free(const std::string& name);
  void remove_packed(const std::string& name);
  void remove_stale_locks_below(const Path& folder);

  Disk& disk_;
  Path repository_;
};

}  // namespace vermilion::git
