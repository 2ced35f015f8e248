// A lock file in git's manner: who has made it exclusively may change what it guards.
//
// Shape    <guarded>.lock holds "vermilion\n" from the moment it is there, so that one of ours can be told from another git's after a
//          crash or a power cut: it is a second name of <repository>/vermilion-lock, which is durable. The new bytes are written to <guarded>.vermilion-new.lock (git passes over names that end in .lock), synced, and
//          renamed over the guarded file while the lock stands.
// Why      Disk has no exclusive creation. An empty lock file holds nothing worth keeping, so
// making and dropping
//          it may bypass Disk; the bytes that count go through it.
// Errors   The constructor waits about a second, then throws unavailable ("ref-locked").
#pragma once
#include "base/disk.h"

namespace vermilion::git {

class RefLock {
 public:
  RefLock(Disk& disk, const Path& repository, const Path& guarded);  // the folder must exist
  RefLock(const RefLock&) = delete;
  RefLock& operator=(const RefLock&) = delete;
  ~RefLock();

  // Replaces the guarded file with these bytes, durable when it returns.
  void commit(std::string_view bytes);

 private:
  Disk& disk_;
  Path guarded_;
  Path lock_;
};

// Makes <repository>/vermilion-lock unless it is right already, durable when it returns.
void make_lock_mark(Disk& disk, const Path& repository);
// Whether a lock file is one of ours, under the store's lock, or another's that nobody is at work with any more.
[[nodiscard]] bool is_stale_lock(const Path& lock);

// Makes the folder and what is missing above it, durable when it returns.
void make_durable_directories(Disk& disk, const Path& folder);

}  // namespace vermilion::git
