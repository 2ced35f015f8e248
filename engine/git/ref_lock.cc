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
constexpr const char* kMarkFile = "vermilion-lock";
constexpr std::string_view kFresh = ".vermilion-new.lock";

int write_mark(const Path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (descriptor < 0) return errno;
  const bool written =
      ::write(descriptor, kMark.data(), kMark.size()) >= 0 && ::fdatasync(descriptor) == 0;
  const int reason = written ? 0 : errno;
  ::close(descriptor);
  if (!written) ::unlink(path.c_str());
  return reason;
}

// Zero, or why the lock could not be made. A name for a file that is durable already needs no sync; where there is none, or the file
// system gives no second names, the lock is synced itself.
int make_exclusively(const Path& lock, const Path& mark) {
  if (::link(mark.c_str(), lock.c_str()) == 0) return 0;
  return errno == EEXIST ? EEXIST : write_mark(lock);
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

RefLock::RefLock(Disk& disk, const Path& repository, const Path& guarded)
    : disk_(disk), guarded_(guarded), lock_(guarded.string() + ".lock") {
  constexpr auto kPause = std::chrono::milliseconds(10);
  const auto mark = repository / kMarkFile;
  int reason = make_exclusively(lock_, mark);
  for (int tries = 100; reason == EEXIST && tries > 0; --tries) {
    std::this_thread::sleep_for(kPause);
    reason = make_exclusively(lock_, mark);
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

void make_lock_mark(Disk& disk, const Path& repository) {
  const auto mark = repository / kMarkFile;
  if (!disk.exists(mark) || disk.read_all(mark) != kMark) disk.replace(mark, kMark);
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
