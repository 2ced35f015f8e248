#include "git/mend_index.h"

#include "base/error.h"
#include "git/libgit2.h"
#include "git/pack_bytes.h"

namespace vermilion::git {
namespace {

[[noreturn]] void damaged(const std::string& name) {
  const git_error* last = git_error_last();
  const std::string reason = last != nullptr ? last->message : "?";
  require_descriptor();
  throw Error(Failure::corrupt, "pack-damaged",
              {"Git 包裝檔 " + name + " 已損毀，無法重建索引，請以備份還原（" + reason + "）",
               "the Git pack " + name +
                   " is damaged and gives no index; restore it from a backup (" + reason + ")"});
}

void require(int code, const std::string& name) {
  if (code < 0) damaged(name);
}

// Feeds the pack to libgit2, which leaves its own copy and an index in `folder`.
void make_index(File& pack, const std::string& name, const Path& folder) {
  start_libgit2();
  git_indexer_options options = GIT_INDEXER_OPTIONS_INIT;
  Indexer indexer;
  check(git_indexer_new(Out(indexer), folder.c_str(), 0444, nullptr, &options), "indexing " + name);
  git_indexer_progress progress{};
  const auto size = pack.size();
  for (std::uint64_t at = 0; at < size; at += kPiece) {
    const auto bytes = pack.read(at, kPiece);
    require(git_indexer_append(indexer.get(), bytes.data(), bytes.size(), &progress), name);
  }
  require(git_indexer_commit(indexer.get(), &progress), name);
}

}  // namespace

void mend_index(Disk& disk, const Path& pack_folder, const std::string& file) {
  if (!file.ends_with(".idx")) {
    disk.remove(pack_folder / file);
    return disk.sync_directory(pack_folder);
  }
  const auto name = Path(file).stem().string();
  const auto folder = pack_folder / (name + ".vermilion-new");
  std::filesystem::remove_all(folder);
  disk.make_directories(folder);
  make_index(*disk.open(pack_folder / (name + ".pack"), Open::existing), name, folder);
  for (const auto& made : disk.list(folder)) {
    if (!made.ends_with(".idx")) continue;
    const auto fresh = pack_folder / (name + ".mended.vermilion-new");
    disk.rename(folder / made, fresh);
    disk.open(fresh, Open::existing)->sync();
    disk.rename(fresh, pack_folder / file);
    disk.sync_directory(pack_folder);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace vermilion::git
