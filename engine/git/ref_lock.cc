#include "git/ref_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "git/leftovers.h"

namespace vermilion::git {
namespace {

constexpr std::string_view kMark = "vermilion\n";
constexpr std::string_view kFresh = ".vermilion-new.lock";

// Zero, or why the file could not be made. It gets its name only when the mark is in it, where the file system can do that.
int make_exclusively(const Path& path) {
  int descriptor = ::open(path.parent_path().c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0644);
  const bool nameless = descriptor >= 0;
  if (!nameless) descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) return errno;
  int reason = ::write(descriptor, kMark.data(), kMark.size()) < 0 ? errno : 0;
  const auto self = "/proc/self/fd/" + std::to_string(descriptor);
  if (reason == 0 && nameless &&
      ::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, path.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    reason = errno;
  }
  ::close(descriptor);
  if (reason != 0 && !nameless) ::unlink(path.c_str());
  return reason;
}

[[noreturn]] void refuse(const Path& lock, int reason) {
  const auto where = lock.string();
  if (reason == EEXIST) {
    throw Error(Failure::unavailable, "ref-locked",
                {"另一個程序正在變更 Git 參照，請稍後再試：" + where,
                 "another process is changing a Git ref; try again later: " + where});
  }
  throw Error(Failure::unavailable, "disk-error",
              {"無法建立鎖定檔，請檢查磁碟與權限（" + where + "：" + std::strerror(reason) + "）",
               "a lock file cannot be made; check the disk and its permissions (" + where + ": " +
                   std::strerror(reason) + ")"});
}

}  // namespace

RefLock::RefLock(Disk& disk, const Path& guarded)
    : disk_(disk), guarded_(guarded), lock_(guarded.string() + ".lock") {
  constexpr auto kPause = std::chrono::milliseconds(10);
  int reason = make_exclusively(lock_);
  for (int tries = 100; reason == EEXIST && tries > 0; --tries) {
    std::this_thread::sleep_for(kPause);
    reason = make_exclusively(lock_);
  }
  if (reason != 0) refuse(lock_, reason);
}

RefLock::~RefLock() { ::unlink(lock_.c_str()); }

void RefLock::commit(std::string_view bytes) {
  const Path fresh = guarded_.string() + std::string(kFresh);
  {
    const auto file = disk_.open(fresh, Open::create);
    file->truncate(0);
    file->write(0, bytes);
    file->sync();
  }
  disk_.rename(fresh, guarded_);
  disk_.sync_directory(guarded_.parent_path());
}

bool is_stale_lock(const Path& lock) {
  if (lock.string().ends_with(kFresh)) return true;
  std::ifstream file(lock, std::ios::binary);
  std::string mark(kMark.size() + 1, '\0');
  file.read(mark.data(), static_cast<std::streamsize>(mark.size()));
  mark.resize(static_cast<std::size_t>(file.gcount()));
  return mark == kMark || is_abandoned(lock);
}

void make_durable_directories(Disk& disk, const Path& folder) {
  if (disk.exists(folder)) return;
  const auto parent = folder.parent_path();
  make_durable_directories(disk, parent);
  disk.make_directories(folder);
  disk.sync_directory(parent);
}

}  // namespace vermilion::git
