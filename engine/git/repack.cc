#include "git/repack.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "git/multi_pack_index.h"
#include "git/pack_lookup.h"
#include "git/pack_merge.h"

namespace vermilion::git {
namespace {

constexpr std::uint64_t kFactor = 2;
constexpr std::uint64_t kFull = 1 << 19;
constexpr std::uint64_t kFewFull = 32;
constexpr std::string_view kGone = ".gone.vermilion-merge";
constexpr std::string_view kTemporary = ".vermilion-merge";

// The packs that may be merged, as far as their files and not their number of objects decide.
std::vector<PackCount> free_packs(Disk& disk, const Path& folder) {
  const auto files = disk.list(folder);
  const std::set<std::string> names(files.begin(), files.end());
  std::vector<PackCount> packs;
  for (const auto& file : files) {
    if (!is_index_name(file)) continue;
    const auto name = Path(file).stem().string();
    const auto has = [&](const char* suffix) { return names.contains(name + suffix); };
    if (!has(".pack") || has(".keep") || has(".mtimes") || has(".promisor")) continue;
    try {
      packs.push_back({name, listed_objects(*disk.open(folder / file, Open::existing))});
    } catch (const Error& error) {
      if (error.failure() != Failure::not_found) throw;  // stock git removed it meanwhile
    }
  }
  return packs;
}

// Stock git may have removed it by itself.
void rename_if_there(Disk& disk, const Path& from, const Path& to) {
  try {
    disk.rename(from, to);
  } catch (const Error& error) {
    if (error.failure() != Failure::not_found) throw;
  }
}

// Completes the removal of packs whose index has been renamed.
void remove_gone(Disk& disk, const Path& folder) {
  std::vector<Path> gone;
  for (const auto& file : disk.list(folder)) {
    if (!file.ends_with(kGone)) continue;
    const auto name = file.substr(0, file.size() - kGone.size());
    gone.push_back(folder / file);
    // An index that stands beside it belongs to a pack that was written again.
    if (disk.exists(folder / (name + ".idx"))) continue;
    for (const char* suffix : {".pack", ".bitmap", ".rev"}) disk.remove(folder / (name + suffix));
  }
  if (gone.empty()) return;
  disk.sync_directory(folder);
  for (const auto& path : gone) disk.remove(path);
  disk.sync_directory(folder);
}

// Removes packs that another one replaces.
void retire(Disk& disk, const Path& folder, const std::vector<std::string>& names) {
  drop_multi_pack_index(disk, folder, names);
  for (const auto& name : names) {
    // Folded again meanwhile: it will be let go, and merged another time.
    if (disk.exists(folder / (name + ".keep"))) continue;
    rename_if_there(disk, folder / (name + ".idx"), folder / (name + std::string(kGone)));
  }
  disk.sync_directory(folder);
  remove_gone(disk, folder);
}

}  // namespace

std::vector<std::string> out_of_proportion(std::vector<PackCount> packs) {
  std::uint64_t all = 0;
  for (const auto& pack : packs) all += pack.objects;
  const auto full = std::max(kFull, all / kFewFull);
  std::erase_if(packs, [&](const PackCount& pack) { return pack.objects >= full; });
  std::sort(packs.begin(), packs.end(),
            [](const PackCount& a, const PackCount& b) { return a.objects < b.objects; });
  // From the greatest down to the first pair that is out of proportion: both of it, and all below.
  std::size_t split = packs.size();
  while (split > 1 && packs[split - 1].objects >= kFactor * packs[split - 2].objects) --split;
  if (split < 2) return {};
  std::uint64_t merged = 0;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < packs.size(); ++i) {
    if (i >= split && packs[i].objects >= kFactor * merged) break;
    merged += packs[i].objects;
    names.push_back(packs[i].name);
  }
  return names;
}

std::size_t count_packs(Disk& disk, const Path& repository) {
  const auto files = disk.list(repository / "objects" / "pack");
  return static_cast<std::size_t>(std::count_if(files.begin(), files.end(), is_index_name));
}

bool repack(Disk& disk, const Path& repository) {
  const auto folder = repository / "objects" / "pack";
  auto names = out_of_proportion(free_packs(disk, folder));
  if (names.empty()) return false;
  merge_packs(disk, folder, std::move(names));
  return true;
}

void merge_packs(Disk& disk, const Path& folder, std::vector<std::string> names) {
  std::string merged;
  {
    PackMerge merge(disk, folder, names);
    merged = merge.name();
    // One source may hold all that the others do: then it is the merged pack.
    if (!is_whole(disk, folder, merged)) merge.write();
  }
  std::erase(names, merged);
  retire(disk, folder, names);
}

void complete_repack(Disk& disk, const Path& repository) {
  const auto folder = repository / "objects" / "pack";
  remove_gone(disk, folder);
  for (const auto& file : disk.list(folder)) {
    if (!file.ends_with(kNewIndex)) continue;
    const auto name = file.substr(0, file.size() - std::string_view(kNewIndex).size());
    // Half named: its sources stand.
    if (!disk.exists(folder / (name + ".idx")) && !disk.exists(folder / (name + ".keep")))
      disk.remove(folder / (name + ".pack"));
  }
  for (const auto& file : disk.list(folder)) {
    if (file.ends_with(kTemporary)) disk.remove(folder / file);
  }
  const auto graph = repository / "objects" / "info" / "commit-graph.vermilion-new";
  if (disk.exists(graph)) disk.remove(graph);
  drop_stale_multi_pack_index(disk, folder);
}

}  // namespace vermilion::git
