#include "store/maintenance.h"

#include <algorithm>

#include "base/error.h"
#include "git/commit_graph.h"
#include "git/multi_pack_index.h"
#include "git/repack.h"

namespace vermilion::store {
namespace {

constexpr const char* kLock = "lock.packs";
constexpr int kPacksPatienceSeconds = 30;
constexpr std::size_t kManyPacks = 48;
// After a merge that could not be done: how many packs more before it is tried again.
constexpr std::size_t kPause = 24;
constexpr const char* kRepositories[] = {"evidence.git", "drafts.git"};

// Runs `work` if nobody else merges or removes packs.
void if_free(const Path& store, const std::function<void()>& work) {
  std::optional<FileLock> lock;
  try {
    lock.emplace(store / kLock, 0);
  } catch (const Error& error) {
    if (error.code() == "store-busy") return;
    throw;
  }
  work();
}

KeptPacks maintain_repository(Disk& disk, const Path& store, const char* name) {
  const auto path = store / name;
  KeptPacks kept{.repository = name, .before = git::count_packs(disk, path)};
  git::complete_repack(disk, path);
  git::repack(disk, path);
  kept.after = git::count_packs(disk, path);
  kept.objects = git::write_multi_pack_index(disk, path / "objects" / "pack");
  git::write_commit_graph(disk, path);
  return kept;
}

}  // namespace

FileLock lock_packs(const Path& store) { return {store / kLock, kPacksPatienceSeconds}; }

std::vector<KeptPacks> maintain(Disk& disk, const Path& store) {
  const auto lock = lock_packs(store);
  std::vector<KeptPacks> kept;
  for (const char* name : kRepositories) kept.push_back(maintain_repository(disk, store, name));
  return kept;
}

void complete_maintenance(Disk& disk, const Path& store) {
  if_free(store, [&] {
    for (const char* name : kRepositories) git::complete_repack(disk, store / name);
  });
}

PackKeeper::PackKeeper(Disk& disk, Path store, std::function<void()> merged)
    : disk_(disk), store_(std::move(store)), merged_(std::move(merged)), limit_(kManyPacks) {}

PackKeeper::~PackKeeper() {
  if (thread_.joinable()) thread_.join();
}

std::size_t PackKeeper::most_packs() {
  std::size_t most = 0;
  for (const char* name : kRepositories)
    most = std::max(most, git::count_packs(disk_, store_ / name));
  return most;
}

// Whatever goes wrong, no act depends on it: more packs only make reading slower, and verify tells of damage.
void PackKeeper::look() {
  if (merging_) return;
  try {
    if (most_packs() <= limit_) return;
    if (thread_.joinable()) thread_.join();
    merging_ = true;
    thread_ = std::thread([this] { merge(); });
  } catch (const std::exception&) {
    merging_ = false;
  }
}

void PackKeeper::merge() {
  try {
    if_free(store_, [this] {
      for (const char* name : kRepositories) git::repack(disk_, store_ / name);
      merged_();
    });
  } catch (const std::exception&) {
    // Tried again when there are more packs.
  }
  try {
    limit_ = std::max(kManyPacks, most_packs() + kPause);
  } catch (const std::exception&) {
    limit_ = limit_ + kPause;
  }
  merging_ = false;
}

}  // namespace vermilion::store
