#include "base/disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

#include "base/error.h"

namespace vermilion {
namespace {

constexpr std::uint64_t kZeroPiece = 1ULL << 20;

[[noreturn]] void fail(const char* doing, const Path& path) {
  const int reason = errno;
  const std::string text = std::strerror(reason);
  const std::string where = path.string();
  if (reason == ENOENT) {
    throw Error(Failure::not_found, "no-file", {"找不到檔案 " + where, "no such file: " + where});
  }
  if (reason == ENOSPC || reason == EDQUOT) {
    throw Error(
        Failure::unavailable, "disk-full",
        {"磁碟已滿，請清出空間後再試：" + where, "the disk is full; free some space: " + where});
  }
  if (reason == EACCES || reason == EPERM || reason == EROFS) {
    throw Error(Failure::unavailable, "disk-permission",
                {fmt::format("沒有權限使用 {}（{}），請檢查擁有者與權限", where, text),
                 fmt::format("no permission for {} ({}); check its owner and mode", where, text)});
  }
  if (reason == EMFILE || reason == ENFILE) {
    throw Error(Failure::unavailable, "too-many-files",
                {"開啟的檔案數已達系統上限，請提高 ulimit -n 後再試：" + where,
                 "the limit of open files is reached; raise ulimit -n and try again: " + where});
  }
  throw Error(Failure::unavailable, "disk-error",
              {fmt::format("磁碟操作失敗（{}）：{}：{}", doing, where, text),
               fmt::format("disk operation failed ({}): {}: {}", doing, where, text)});
}

class Descriptor {
 public:
  // On a medium mounted for reading only, files open for reading: what is written to them fails then.
  Descriptor(const Path& path, int flags, unsigned mode)
      : value_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    if (value_ < 0 && errno == EROFS && flags == O_RDWR)
      value_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (value_ < 0) fail("open", path);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { ::close(value_); }
  [[nodiscard]] int get() const noexcept { return value_; }

 private:
  int value_;
};

void write_at(int descriptor, std::uint64_t offset, std::string_view bytes, const Path& path) {
  while (!bytes.empty()) {
    const auto n = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(n));
    offset += static_cast<std::uint64_t>(n);
  }
}

void write_zeros(int descriptor, std::uint64_t offset, std::uint64_t size, const Path& path) {
  const Bytes zeros(static_cast<std::size_t>(std::min(size, kZeroPiece)), '\0');
  for (std::uint64_t done = 0; done < size; done += kZeroPiece) {
    const auto piece = static_cast<std::size_t>(std::min(kZeroPiece, size - done));
    write_at(descriptor, offset + done, std::string_view(zeros).substr(0, piece), path);
  }
}

class SystemFile : public File {
 public:
  SystemFile(const Path& path, Open how)
      : path_(path), descriptor_(path, O_RDWR | (how == Open::create ? O_CREAT : 0), 0644) {}

  std::uint64_t size() override {
    struct stat status {};
    if (::fstat(descriptor_.get(), &status) != 0) fail("stat", path_);
    return static_cast<std::uint64_t>(status.st_size);
  }

  Bytes read(std::uint64_t offset, std::size_t size) override {
    Bytes bytes(size, '\0');
    std::size_t got = 0;
    while (got < size) {
      const auto n = ::pread(descriptor_.get(), bytes.data() + got, size - got,
                             static_cast<off_t>(offset + got));
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail("read", path_);
      if (n == 0) break;
      got += static_cast<std::size_t>(n);
    }
    bytes.resize(got);
    return bytes;
  }

  void write(std::uint64_t offset, std::string_view bytes) override {
    write_at(descriptor_.get(), offset, bytes, path_);
  }
  void sync() override {
    if (::fdatasync(descriptor_.get()) != 0) fail("fdatasync", path_);
  }
  void reserve(std::uint64_t size) override {
    const auto now = this->size();
    if (size > now) write_zeros(descriptor_.get(), now, size - now, path_);
  }
  void truncate(std::uint64_t size) override {
    if (::ftruncate(descriptor_.get(), static_cast<off_t>(size)) != 0) fail("truncate", path_);
  }
  void punch(std::uint64_t offset, std::uint64_t size) override {
    if (size == 0) return;
    constexpr int mode = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
    const int result =
        ::fallocate(descriptor_.get(), mode, static_cast<off_t>(offset), static_cast<off_t>(size));
    if (result == 0) return;
    if (errno != EOPNOTSUPP && errno != ENOSYS) fail("punch", path_);
    write_zeros(descriptor_.get(), offset, size, path_);
  }

 private:
  Path path_;
  Descriptor descriptor_;
};

}  // namespace

Bytes Disk::read_all(const Path& path) {
  const auto file = open(path, Open::existing);
  return file->read(0, static_cast<std::size_t>(file->size()));
}

std::unique_ptr<File> SystemDisk::open(const Path& path, Open how) {
  return std::make_unique<SystemFile>(path, how);
}

void SystemDisk::replace(const Path& path, std::string_view bytes, unsigned mode) {
  const Path temporary = path.string() + ".vermilion-new";
  {
    const Descriptor file(temporary, O_WRONLY | O_CREAT | O_TRUNC, mode);
    write_at(file.get(), 0, bytes, temporary);
    if (::fsync(file.get()) != 0) fail("fsync", temporary);
  }
  rename(temporary, path);
  sync_directory(path.parent_path());
}

void SystemDisk::rename(const Path& from, const Path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) fail("rename", from);
}

void SystemDisk::remove(const Path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("remove", path);
}

void SystemDisk::make_directories(const Path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) {
    errno = error.value();
    fail("mkdir", path);
  }
}

void SystemDisk::sync_directory(const Path& path) {
  const Descriptor directory(path, O_RDONLY | O_DIRECTORY, 0);
  if (::fsync(directory.get()) != 0) fail("fsync", path);
}

std::vector<std::string> SystemDisk::list(const Path& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(path, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) {
    errno = error.value();
    fail("list", path);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool SystemDisk::exists(const Path& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

FileLock::LockFile::LockFile(const Path& path)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  if (descriptor_ < 0) fail("open", path);
}

FileLock::LockFile::~LockFile() { ::close(descriptor_); }

bool FileLock::LockFile::flock(int how) const { return ::flock(descriptor_, how) == 0; }

FileLock::FileLock(const Path& path, int patience_seconds)
    : lock_(path), queue_(path.string() + ".queue") {
  if (lock_.flock(LOCK_EX | LOCK_NB) || wait(patience_seconds)) return;
  throw Error(Failure::unavailable, "store-busy",
              {"資料庫正由另一個程序寫入，請稍後再試：" + path.string(),
               "another process is writing to the store; try again later: " + path.string()});
}

bool FileLock::wait(int patience_seconds) {
  constexpr auto pause = std::chrono::milliseconds(20);
  (void)queue_.flock(LOCK_SH);
  bool taken = false;
  for (int tries = patience_seconds * 50; !taken && tries > 0; --tries) {
    std::this_thread::sleep_for(pause);
    taken = lock_.flock(LOCK_EX | LOCK_NB);
  }
  (void)queue_.flock(LOCK_UN);
  return taken;
}

bool FileLock::wanted() const {
  const bool nobody = queue_.flock(LOCK_EX | LOCK_NB);
  if (nobody) (void)queue_.flock(LOCK_UN);
  return !nobody;
}

}  // namespace vermilion
