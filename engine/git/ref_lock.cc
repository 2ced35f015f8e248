#include "git/ref_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "base/error.h"

namespace vermilion::git {
namespace {

// Zero, or why the file could not be made.
int make_exclusively(const Path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) return errno;
  ::close(descriptor);
  return 0;
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
  held_ = true;
}

RefLock::~RefLock() {
  if (held_) ::unlink(lock_.c_str());
}

void RefLock::commit(std::string_view bytes) {
  const auto file = disk_.open(lock_, Open::existing);
  file->write(0, bytes);
  file->sync();
  disk_.rename(lock_, guarded_);
  held_ = false;
  disk_.sync_directory(guarded_.parent_path());
}

void make_durable_directories(Disk& disk, const Path& folder) {
  if (disk.exists(folder)) return;
  const auto parent = folder.parent_path();
  make_durable_directories(disk, parent);
  disk.make_directories(folder);
  disk.sync_directory(parent);
}

}  // namespace vermilion::git
