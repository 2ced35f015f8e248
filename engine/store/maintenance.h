// Keeps the packs of both repositories few, and what stock git reads by fresh.
//
// Lock     STORE/lock.packs, not the store's lock: packs never change, so acts, folds and reads go on while they are merged. Whoever
//          needs each pack to stay where it lies (verify, copying files) holds it meanwhile.
// Shape    Geometric merging (git/repack.h) by itself, when a repository has more than 48 packs; multi-pack-index and commit-graph by
//          maintain(). None of it is evidence: it says where things lie.
// Crash    A store broken off anywhere opens as it is; the next start completes or withdraws the rest.
// Errors   unavailable ("store-busy" while another process is at it, disk), corrupt ("pack-damaged", "bad-index").
// Source   architecture section 2 "Writing"; ADR 0008.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "base/disk.h"

namespace vermilion::store {

// Waits as lock_store does.
[[nodiscard]] FileLock lock_packs(const Path& store);

struct KeptPacks {
  std::string repository;  // "evidence.git"
  std::size_t before = 0;  // packs
  std::size_t after = 0;
  std::uint64_t objects = 0;  // in them
};

// All of it, for both repositories. From any thread; needs no Store.
std::vector<KeptPacks> maintain(Disk& disk, const Path& store);

// Completes or withdraws what was broken off, unless another process is at work.
void complete_maintenance(Disk& disk, const Path& store);

// Merges packs on a thread of its own while acts go on.
class PackKeeper {
 public:
  // `merged` is called, on that thread, when packs were merged.
  PackKeeper(Disk& disk, Path store, std::function<void()> merged);
  PackKeeper(const PackKeeper&) = delete;
  PackKeeper& operator=(const PackKeeper&) = delete;
  ~PackKeeper();  // waits for a merge under way

  // Begins a merge when there are too many packs and none is under way. Throws nothing. Not from several threads at once.
  void look();

 private:
  [[nodiscard]] std::size_t most_packs();
  void merge();

  Disk& disk_;
  const Path store_;
  const std::function<void()> merged_;
  std::thread thread_;
  std::atomic<bool> merging_ = false;
  std::atomic<std::size_t> limit_;
};

}  // namespace vermilion::store
