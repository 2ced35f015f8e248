#include "support/faulty_disk.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "support/process.h"

using vermilion::Bytes;
using vermilion::Error;
using vermilion::Failure;
using vermilion::File;
using vermilion::Open;

class FaultyFile : public File {
 public:
  FaultyFile(FaultyDisk& disk, FaultyDisk::Path path, std::unique_ptr<File> inner)
      : disk_(disk), path_(std::move(path)), inner_(std::move(inner)) {}

  std::uint64_t size() override { return inner_->size(); }
  Bytes read(std::uint64_t offset, std::size_t size) override { return inner_->read(offset, size); }
  void write(std::uint64_t offset, std::string_view bytes) override {
    change();
    inner_->write(offset, bytes);
  }
  void sync() override {
    disk_.step();
    inner_->sync();
    disk_.synced_content(path_);
  }
  void reserve(std::uint64_t size) override {
    change();
    inner_->reserve(size);
  }
  void truncate(std::uint64_t size) override {
    change();
    inner_->truncate(size);
  }
  void punch(std::uint64_t offset, std::uint64_t size) override {
    change();
    inner_->punch(offset, size);
  }

 private:
  void change() {
    disk_.step();
    disk_.note(FaultyDisk::Kind::content, path_);
  }

  FaultyDisk& disk_;
  FaultyDisk::Path path_;
  std::unique_ptr<File> inner_;
};

void FaultyDisk::fail_at(std::size_t n, After after) {
  calls_ = 0;
  fail_at_ = n;
  after_ = after;
  failed_ = false;
}

void FaultyDisk::step() {
  const bool dead = failed_ && after_ == After::dead;
  if (++calls_ != fail_at_ && !dead) return;
  failed_ = true;
  throw Error(Failure::unavailable, "disk-full", {"測試用的磁碟故障", "the disk fails for a test"});
}

std::optional<Bytes> FaultyDisk::bytes_of(const Path& path) {
  if (!inner_.exists(path) || std::filesystem::is_directory(path)) return std::nullopt;
  return inner_.read_all(path);
}

void FaultyDisk::note(Kind kind, const Path& path, const Path& from) {
  const auto same = [&](const Undo& undo) {
    return undo.kind == Kind::content && undo.path == path;
  };
  if (kind == Kind::content && std::any_of(undo_.begin(), undo_.end(), same)) return;
  undo_.push_back({kind, path, bytes_of(path), from});
}

void FaultyDisk::synced_content(const Path& path) {
  std::erase_if(undo_,
                [&](const Undo& undo) { return undo.kind == Kind::content && undo.path == path; });
}

void FaultyDisk::synced_names(const Path& folder) {
  for (auto undo = undo_.begin(); undo != undo_.end();) {
    if (undo->kind != Kind::name || undo->path.parent_path() != folder) {
      ++undo;
      continue;
    }
    // The new name stays, so contents that were not synced are lost under it.
    for (auto& earlier : undo_) {
      if (!undo->from.empty() && earlier.kind == Kind::content && earlier.path == undo->from) {
        earlier.path = undo->path;
      }
    }
    undo = undo_.erase(undo);
  }
}

void FaultyDisk::drop_unsynced() {
  for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
    if (!undo->from.empty() && inner_.exists(undo->path))
      std::filesystem::rename(undo->path, undo->from);
    if (undo->before) {
      write_file(undo->path, *undo->before);
    } else {
      std::filesystem::remove(undo->path);
    }
  }
  undo_.clear();
}

std::unique_ptr<File> FaultyDisk::open(const Path& path, Open how) {
  if (how == Open::create && !inner_.exists(path)) {
    step();
    note(Kind::name, path);
  }
  return std::make_unique<FaultyFile>(*this, path, inner_.open(path, how));
}

void FaultyDisk::replace(const Path& path, std::string_view bytes, unsigned mode) {
  step();
  inner_.replace(path, bytes, mode);
  synced_content(path);
  synced_names(path.parent_path());
}

void FaultyDisk::rename(const Path& from, const Path& to) {
  step();
  note(Kind::name, to, from);
  inner_.rename(from, to);
}

void FaultyDisk::remove(const Path& path) {
  step();
  note(Kind::name, path);
  inner_.remove(path);
}

void FaultyDisk::make_directories(const Path& path) {
  step();
  inner_.make_directories(path);
}

void FaultyDisk::sync_directory(const Path& path) {
  step();
  inner_.sync_directory(path);
  synced_names(path);
}
