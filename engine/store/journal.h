// STORE/journal/frames: where an act becomes durable.
//
// Shape    Zeroed space of at least 4 MiB; frames follow each other from offset 0 (frame.h). In
//          this version a frame is folded before commit returns, so at most one waits, but reading
//          allows several.
// Crash    write() ends with exactly one fdatasync. When it fails, nobody can know what the disk
//          holds: the space is zeroed as far as possible and the journal refuses further frames
//          until it is opened anew (LevelDB's rule).
// Threads  One writer, under the store's lock; scan() by anybody.
// Errors   unavailable ("disk-full" … before anything was written, "not-written" when the frame
//          could not be made durable, "journal-stopped" afterwards), corrupt ("frame-broken").
#pragma once
#include <memory>

#include "base/disk.h"
#include "store/frame.h"

namespace vermilion::store {

class Journal {
 public:
  static void create(Disk& disk, const Path& store);
  Journal(Disk& disk, const Path& store, std::string store_id);

  [[nodiscard]] JournalScan scan();
  // True when the journal holds nothing at all.
  [[nodiscard]] bool empty();
  void require_usable() const;  // throws unavailable "journal-stopped"
  // Expects an empty journal.
  void write(const Frame& frame);
  // Zeroes everything, durable when it returns, and gives back what exceeds 4 MiB.
  void scrub();

 private:
  std::string store_id_;
  std::unique_ptr<File> file_;
  std::uint64_t written_ = 0;  // by write() since the last scan(); 0: anything may lie there
  bool stopped_ = false;
};

}  // namespace vermilion::store
