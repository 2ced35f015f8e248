// A bare repository that stock git reads, written only through our own packs.
//
// Why      The stock object path rescans objects/pack on every write and loses nothing only at 12
// fsyncs a
//          record; one pack and one ref update per fold cost 5 (measured: findings,
//          docs-src/benchmarks.md).
// Threads  Reads from any thread (one lock inside); writes by the store's one writer.
// Errors   unavailable for disk and descriptor exhaustion (never disguised as not found), conflict
//          ("ref-moved") for a lost compare-and-swap, corrupt for objects that do not match their
//          id.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "base/disk.h"
#include "git/object.h"
#include "git/tree_editor.h"

namespace vermilion::git {

class Repository {
 public:
  // Makes an empty bare repository (HEAD -> refs/heads/main, gc.auto=0) if there is none, and opens
  // it.
  static std::unique_ptr<Repository> open_or_create(Disk& disk, const Path& path);
  static std::unique_ptr<Repository> open(Disk& disk,
                                          const Path& path);  // throws not_found "no-repository"
  ~Repository();

  // The object, verified against its id; nothing if it is certainly absent.
  [[nodiscard]] std::optional<Object> find(const ObjectId& id);
  [[nodiscard]] Object require(const ObjectId& id);  // throws corrupt "object-missing"
  [[nodiscard]] ReadObject reader();

  [[nodiscard]] std::optional<ObjectId> ref(
      const std::string& name);  // "refs/heads/main", "refs/tags/…"
  [[nodiscard]] std::map<std::string, ObjectId> refs(const std::string& prefix);

  // Writes the objects as one pack and its index (deterministic bytes), durable when it returns,
  // protected by .keep until release(). Idempotent: writing the same set again changes nothing.
  // Objects already stored need not be listed. Returns the pack's name.
  std::string write_pack(const std::map<ObjectId, Object>& objects);
  void release(const std::string& pack);  // removes the .keep file

  // Moves a ref from `expected` (nothing: must not exist) to `target`, durable when it returns. If
  // it already points at `target`, does nothing. Throws conflict "ref-moved".
  void move_ref(const std::string& name, const std::optional<ObjectId>& expected,
                const ObjectId& target);
  void delete_ref(const std::string& name);

  // Removes what a killed writer leaves: our locks of refs, our temporary files, packs half
  // written; and what another git left (*.lock, tmp_*, pack_git2_*) that nobody touched for
  // an hour. Only under the store's lock.
  void clean_up();
  // Removes .keep files of ours that a killed writer left. Only under the store's lock and after
  // everything is folded: until then the pack may hold what no ref names yet.
  void release_stale();

  // Looks at the packs anew, and lets go of those that are gone.
  void reopen();

  // Makes each index anew that cannot be followed or does not fit its checksum; returns their names.
  // Under the store's lock and that for maintenance. Throws corrupt ("pack-damaged") when a pack
  // does not give an index.
  std::vector<std::string> mend_indexes();

  // Re-reads every object of every pack and checks packs' own checksums; calls `fault(where, what)`
  // for each. Returns how many objects were checked.
  std::size_t check(
      const std::function<void(const std::string& where, const std::string& what)>& fault);

 private:
  struct State;
  explicit Repository(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace vermilion::git
