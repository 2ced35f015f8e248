// A lock file in git's manner: made exclusively, filled, synced, renamed over what it guards.
//
// Why      Disk has no exclusive creation. An empty lock file holds nothing worth keeping, so
// making and dropping
//          it may bypass Disk; the bytes that count go through it.
// Errors   The constructor waits about a second, then throws unavailable ("ref-locked").
#pragma once
#include "base/disk.h"

namespace vermilion::git {

class RefLock {
 public:
  RefLock(Disk& disk, const Path& guarded);  // the folder must exist
  RefLock(const RefLock&) = delete;
  RefLock& operator=(const RefLock&) = delete;
  ~RefLock();

  // Replaces the guarded file with these bytes, durable when it returns, and ends the lock.
  void commit(std::string_view bytes);

 private:
  Disk& disk_;
  Path guarded_;
  Path lock_;
  bool held_ = false;
};

// Makes the folder and what is missing above it, durable when it returns.
void make_durable_directories(Disk& disk, const Path& folder);

}  // namespace vermilion::git
