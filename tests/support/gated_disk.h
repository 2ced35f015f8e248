// A disk on which changes to some files wait until they are let through: to look at what holds meanwhile.
//
//   GatedDisk disk(system_disk);
//   disk.close("objects/pack");    // whoever changes a file below such a path waits
//   ...
//   const OpenGate later(disk);    // whoever waits is let through when the test ends, however it ends
//   disk.await_visitor();          // until somebody waits at the gate
//   disk.open_gate();
//
// Threads  Any.
#pragma once
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>

#include "base/disk.h"

class GatedDisk : public vermilion::Disk {
 public:
  using Path = vermilion::Path;
  explicit GatedDisk(vermilion::Disk& inner) : inner_(inner) {}

  void close(std::string part) {
    const std::lock_guard lock(mutex_);
    closed_ = std::move(part);
  }
  void open_gate() {
    close("");
    gate_.notify_all();
  }
  void await_visitor() {
    std::unique_lock lock(mutex_);
    visited_.wait(lock, [&] { return waiting_ > 0; });
  }
  // From now on counts how often somebody syncs a file with that in its path.
  void count_syncs(std::string part) {
    const std::lock_guard lock(mutex_);
    counted_ = std::move(part);
    syncs_ = 0;
  }
  [[nodiscard]] int syncs() const {
    const std::lock_guard lock(mutex_);
    return syncs_;
  }
  // From now on syncs of such files take that long at least, as on a disk that writes before it says so.
  void slow_syncs(std::string part, std::chrono::milliseconds least) {
    const std::lock_guard lock(mutex_);
    slow_ = std::move(part);
    least_ = least;
  }
  // From now on syncs of such files fail, as a broken disk does or with something unexpected; "": no longer.
  void break_syncs(std::string part, std::exception_ptr with = nullptr) {
    const std::lock_guard lock(mutex_);
    broken_ = std::move(part);
    failure_ = std::move(with);
  }

  std::unique_ptr<vermilion::File> open(const Path& path, vermilion::Open how) override;
  void replace(const Path& path, std::string_view bytes, unsigned mode = 0644) override {
    pass(path);
    inner_.replace(path, bytes, mode);
  }
  void rename(const Path& from, const Path& to) override {
    pass(to);
    inner_.rename(from, to);
  }
  void remove(const Path& path) override {
    pass(path);
    inner_.remove(path);
  }
  void make_directories(const Path& path) override { inner_.make_directories(path); }
  void sync_directory(const Path& path) override { inner_.sync_directory(path); }
  std::vector<std::string> list(const Path& path) override { return inner_.list(path); }
  bool exists(const Path& path) override { return inner_.exists(path); }

 private:
  friend class GatedFile;
  void pass(const Path& path);
  void sync(const Path& path, vermilion::File& file);

  vermilion::Disk& inner_;
  mutable std::mutex mutex_;
  std::condition_variable gate_;
  std::condition_variable visited_;
  int waiting_ = 0;
  std::string closed_;
  std::string counted_;
  std::string slow_;
  std::chrono::milliseconds least_{};
  std::string broken_;
  std::exception_ptr failure_;
  int syncs_ = 0;
};

// Declare it after the stores that use the disk, whose ends wait for their folds.
class OpenGate {
 public:
  explicit OpenGate(GatedDisk& disk) : disk_(disk) {}
  OpenGate(const OpenGate&) = delete;
  OpenGate& operator=(const OpenGate&) = delete;
  ~OpenGate() { disk_.open_gate(); }

 private:
  GatedDisk& disk_;
};
