// STORE/journal/frames-1 and frames-2: where acts become durable.
//
// Shape    Zeroed space, 256 KiB each at first, grown as needed and kept up to 4 MiB; frames (frame.h) follow each other from offset 0. One file takes frames while those of
//          the other are folded; then it is scrubbed, and they change places. So a scrub never touches what is not folded.
// Crash    append() ends with exactly one fdatasync. When it fails, nobody can know what the disk holds: what it wrote is zeroed as far
//          as possible and the journal refuses further frames until it is opened anew (LevelDB's rule).
// Threads  append() by one thread at a time, under the store's lock; scrub(file) of the file that takes no frames beside it; scan() and
//          empty() only while nobody appends.
// Errors   unavailable ("disk-full" … before anything was written, "not-written" when frames could not be made durable,
//          "journal-stopped" afterwards), corrupt ("frame-broken").
// Source   architecture section 2 "Writing"; ADR 0006.
#pragma once
#include <array>
#include <atomic>
#include <memory>

#include "base/disk.h"
#include "base/error.h"
#include "store/frame.h"

namespace vermilion::store {

class Journal {
 public:
  static void create(Disk& disk, const Path& store);
  Journal(Disk& disk, const Path& store, std::string store_id);

  // The whole frames of both files, in order. Throws corrupt where one is missing between them.
  [[nodiscard]] JournalScan scan();
  // True when no frame waits: every opening asks, so only the first block of each file is read.
  [[nodiscard]] bool empty();
  void require_usable() const;  // throws unavailable "journal-stopped"
  [[nodiscard]] bool stopped() const { return stopped_; }

  // Blocks of one or more frames, behind those the file holds already.
  void append(std::string_view blocks);
  // The file in use rests from now on and the other one, which must be clean, takes its place. Returns the one that rests.
  std::size_t turn();
  // Zeroes a file, durable when it returns, and gives back what exceeds 4 MiB.
  void scrub(std::size_t file);
  void scrub();  // both

 private:
  struct Part {
    std::string name;
    std::unique_ptr<File> file;
    std::uint64_t end = 0;    // behind the frames appended since it was clean
    bool known = false;       // else anything may lie there
    std::uint64_t ready = 0;  // bytes that this object has seen synced to the disk
  };
  static void make_ready(Part& part, std::uint64_t end);
  [[noreturn]] void stop(const Said& reason);
  void withdraw();

  std::string store_id_;
  std::array<Part, 2> parts_;
  std::size_t used_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace vermilion::store
