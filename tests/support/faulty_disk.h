// A disk that fails on demand and forgets what was not synced.
//
//   FaultyDisk disk(system_disk);
//   for (std::size_t n = 1;; ++n) {
//     disk.fail_at(n);
//     try { act(disk); } catch (const vermilion::Error&) {}
//     if (!disk.failed()) break;          // the act needed fewer than n calls
//     ... reopen and look ...
//   }
//
// Counts   Calls that change the disk: creating by open, write, sync, reserve, truncate, punch,
// replace, rename, remove,
//          make_directories, sync_directory. The failing call does nothing and throws unavailable
//          "disk-full".
// Limits   drop_unsynced() undoes file contents without sync() and names without sync_directory();
// directories made stay. It
//          holds old contents in memory: for small files.
// Threads  One.
#pragma once
#include <vector>

#include "base/disk.h"

class FaultyDisk : public vermilion::Disk {
 public:
  using Path = vermilion::Path;
  enum class After {
    works,
    dead
  };  // what calls after the failing one do: a full disk, or a killed process

  explicit FaultyDisk(vermilion::Disk& inner) : inner_(inner) {}

  // Counts anew; the n-th changing call from now fails (0: none).
  void fail_at(std::size_t n, After after = After::works);
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] std::size_t calls() const { return calls_; }

  // What a power cut leaves at worst: everything not synced is as it was.
  void drop_unsynced();

  std::unique_ptr<vermilion::File> open(const Path& path, vermilion::Open how) override;
  void replace(const Path& path, std::string_view bytes, unsigned mode = 0644) override;
  void rename(const Path& from, const Path& to) override;
  void remove(const Path& path) override;
  void make_directories(const Path& path) override;
  void sync_directory(const Path& path) override;
  std::vector<std::string> list(const Path& path) override { return inner_.list(path); }
  bool exists(const Path& path) override { return inner_.exists(path); }

 private:
  friend class FaultyFile;
  enum class Kind { content, name };
  // What to put back: the bytes `path` had (nothing: it was not there); a rename also moves the
  // file back to `from`.
  struct Undo {
    Kind kind;
    Path path;
    std::optional<vermilion::Bytes> before;
    Path from;
  };

  void step();
  void note(Kind kind, const Path& path, const Path& from = {});
  void synced_content(const Path& path);
  void synced_names(const Path& folder);
  std::optional<vermilion::Bytes> bytes_of(const Path& path);

  vermilion::Disk& inner_;
  std::size_t calls_ = 0;
  std::size_t fail_at_ = 0;
  After after_ = After::works;
  bool failed_ = false;
  std::vector<Undo> undo_;
};
