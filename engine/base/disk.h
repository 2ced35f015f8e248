// The disk as the engine uses it: an interface, so that tests can fail its n-th call and drop what
// was not synced.
//
// Units    Offsets and sizes are bytes.
// Threads  A Disk may be used from any thread; one File by one thread at a time.
// Errors   Everything throws Error: unavailable ("disk-full", "disk-error", "disk-permission",
//          "too-many-files") with the path and the system's reason, or not_found ("no-file") for a
//          missing file.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace vermilion {

using Path = std::filesystem::path;

class File {
 public:
  virtual ~File() = default;
  [[nodiscard]] virtual std::uint64_t size() = 0;
  // Exactly `size` bytes, or fewer only at the end of the file.
  [[nodiscard]] virtual Bytes read(std::uint64_t offset, std::size_t size) = 0;
  virtual void write(std::uint64_t offset, std::string_view bytes) = 0;
  virtual void sync() = 0;  // fdatasync: what was written is durable when it returns
  // Makes the file at least this long by zeros that are written, not merely promised: once they are synced, writing over them
  // changes no metadata.
  virtual void reserve(std::uint64_t size) = 0;
  virtual void truncate(std::uint64_t size) = 0;
  // Makes these bytes of the file zero and gives their blocks back where the file system can; the
  // size stays.
  virtual void punch(std::uint64_t offset, std::uint64_t size) = 0;
};

enum class Open { existing, create };

class Disk {
 public:
  virtual ~Disk() = default;

  [[nodiscard]] virtual std::unique_ptr<File> open(const Path& path, Open how) = 0;
  // Replaces the whole file so that a crash leaves the old or the new bytes: temporary file,
  // fsync, rename, fsync of the directory. `mode` is the permission of the new file.
  virtual void replace(const Path& path, std::string_view bytes, unsigned mode = 0644) = 0;
  virtual void rename(const Path& from, const Path& to) = 0;
  virtual void remove(const Path& path) = 0;  // a missing file is not an error
  virtual void make_directories(const Path& path) = 0;
  virtual void sync_directory(const Path& path) = 0;
  // Names (not paths) of the entries, sorted.
  [[nodiscard]] virtual std::vector<std::string> list(const Path& path) = 0;
  [[nodiscard]] virtual bool exists(const Path& path) = 0;

  // The whole file; throws not_found if there is none.
  [[nodiscard]] Bytes read_all(const Path& path);
};

// The machine's own file system. Temporary names end in ".vermilion-new": git prunes tmp_* names.
class SystemDisk : public Disk {
 public:
  std::unique_ptr<File> open(const Path& path, Open how) override;
  void replace(const Path& path, std::string_view bytes, unsigned mode = 0644) override;
  void rename(const Path& from, const Path& to) override;
  void remove(const Path& path) override;
  void make_directories(const Path& path) override;
  void sync_directory(const Path& path) override;
  std::vector<std::string> list(const Path& path) override;
  bool exists(const Path& path) override;
};

// Holds flock on a file as long as it lives. Only one process at a time can hold it; who waits says
// so by a shared flock on <file>.queue.
class FileLock {
 public:
  // Waits up to `patience_seconds` for the lock; then throws unavailable "store-busy".
  FileLock(const Path& path, int patience_seconds);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  // Does anybody wait for it?
  [[nodiscard]] bool wanted() const;

 private:
  class LockFile {
   public:
    explicit LockFile(const Path& path);
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile();
    [[nodiscard]] bool flock(int how) const;

   private:
    int descriptor_;
  };
  [[nodiscard]] bool wait(int patience_seconds);

  LockFile lock_;
  LockFile queue_;
};

}  // namespace vermilion
