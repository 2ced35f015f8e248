#include "git/libgit2.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace vermilion::git {

void start_libgit2() {
  static const bool started = [] {
    check(git_libgit2_init(), "starting libgit2");
    check(git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1), "starting libgit2");
    // Without a limit every pack stays open: 624 descriptors for 1000 packs, 56 with a limit of 50,
    // at equal speed.
    check(git_libgit2_opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, std::size_t{64}), "starting libgit2");
    return true;
  }();
  VERMILION_ASSERT(started);
}

void fail(const std::string& doing) {
  const git_error* last = git_error_last();
  const std::string reason = last != nullptr ? last->message : "?";
  const int kind = last != nullptr ? last->klass : GIT_ERROR_NONE;
  require_descriptor();
  if (kind == GIT_ERROR_OS || kind == GIT_ERROR_NOMEMORY) {
    throw Error(Failure::unavailable, "git-io",
                {"無法讀取 Git 儲存庫，請檢查磁碟與權限（" + doing + "：" + reason + "）",
                 "the Git repository cannot be read; check the disk and its permissions (" + doing +
                     ": " + reason + ")"});
  }
  throw Error(
      Failure::corrupt, "git-damaged",
      {"Git 儲存庫的內容已損毀，請以備份還原（" + doing + "：" + reason + "）",
       "the Git repository is damaged; restore it from a backup (" + doing + ": " + reason + ")"});
}

void require_descriptor() {
  const int probe = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (probe >= 0) {
    ::close(probe);
    return;
  }
  if (errno != EMFILE && errno != ENFILE) return;
  throw Error(Failure::unavailable, "too-many-files",
              {"開啟的檔案數已達系統上限，請提高 ulimit -n 後再試",
               "the limit of open files is reached; raise ulimit -n and try again"});
}

}  // namespace vermilion::git
