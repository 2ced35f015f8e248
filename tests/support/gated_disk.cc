#include "support/gated_disk.h"

#include <thread>

#include "base/error.h"

using namespace vermilion;

class GatedFile : public File {
 public:
  GatedFile(GatedDisk& disk, Path path, std::unique_ptr<File> inner)
      : disk_(disk), path_(std::move(path)), inner_(std::move(inner)) {}
  std::uint64_t size() override { return inner_->size(); }
  Bytes read(std::uint64_t offset, std::size_t size) override { return inner_->read(offset, size); }
  void write(std::uint64_t offset, std::string_view bytes) override {
    disk_.pass(path_);
    inner_->write(offset, bytes);
  }
  void sync() override { disk_.sync(path_, *inner_); }
  void reserve(std::uint64_t size) override { inner_->reserve(size); }
  void truncate(std::uint64_t size) override { inner_->truncate(size); }
  void punch(std::uint64_t offset, std::uint64_t size) override { inner_->punch(offset, size); }

 private:
  GatedDisk& disk_;
  const Path path_;
  const std::unique_ptr<File> inner_;
};

std::unique_ptr<File> GatedDisk::open(const Path& path, Open how) {
  return std::make_unique<GatedFile>(*this, path, inner_.open(path, how));
}

void GatedDisk::pass(const Path& path) {
  std::unique_lock lock(mutex_);
  const auto is_open = [&] {
    return closed_.empty() || path.string().find(closed_) == std::string::npos;
  };
  if (is_open()) return;
  ++waiting_;
  visited_.notify_all();
  gate_.wait(lock, is_open);
  --waiting_;
}

void GatedDisk::sync(const Path& path, File& file) {
  auto end = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    const auto names = [&](const std::string& part) {
      return !part.empty() && path.string().find(part) != std::string::npos;
    };
    if (names(broken_)) {
      if (failure_) std::rethrow_exception(failure_);
      throw Error(Failure::unavailable, "disk-error", {"磁碟損壞", "the disk is broken"});
    }
    if (names(counted_)) ++syncs_;
    if (names(slow_)) end += least_;
  }
  file.sync();
  std::this_thread::sleep_until(end);
}
