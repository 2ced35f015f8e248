#include "git/index_check.h"

#include <sys/stat.h>

#include <map>
#include <tuple>

#include "base/error.h"
#include "base/guarded.h"
#include "git/multi_pack_index.h"
#include "git/pack.h"
#include "git/pack_bytes.h"

namespace vermilion::git {
namespace {

constexpr std::uint64_t kFirst = 12;  // offset of a pack's first object
constexpr std::size_t kCheckedPiece = 1 << 18;
constexpr const char* kMultiPackIndex = "multi-pack-index";

// Bytes of a file from `begin` to `end` as numbers of 4 bytes; false as soon as `good` is, or when the file ends before.
template <typename Good>
bool each_number(File& file, std::uint64_t begin, std::uint64_t end, Good good) {
  while (begin < end) {
    const auto piece = file.read(
        begin, static_cast<std::size_t>(std::min<std::uint64_t>(kCheckedPiece, end - begin)));
    if (piece.empty() || piece.size() % 4 != 0) return false;
    for (std::size_t at = 0; at < piece.size(); at += 4) {
      if (!good(number(piece, at, 4))) return false;
    }
    begin += piece.size();
  }
  return true;
}

std::uint64_t size_of(Disk& disk, const Path& path) {
  return disk.exists(path) ? disk.open(path, Open::existing)->size() : 0;
}

// Offsets from 2^31 on, 8 bytes each.
std::vector<std::uint64_t> large_offsets(File& file, std::uint64_t begin, std::uint64_t end) {
  std::vector<std::uint64_t> offsets;
  const auto bytes = file.read(begin, static_cast<std::size_t>(end - begin));
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) offsets.push_back(number(bytes, at, 8));
  return offsets;
}

bool lies_in(std::uint64_t offset, std::uint64_t pack_size) {
  return offset >= kFirst && offset + kChecksum < pack_size;
}

// libgit2 calls a pack that ends otherwise than its index says a fault of the disk.
bool index_leads_into(File& index, File& pack) {
  const auto size = index.size();
  const auto pack_size = pack.size();
  if (size < kIds + 2 * kChecksum || pack_size < kFirst + kChecksum) return false;
  if (index.read(size - 2 * kChecksum, kChecksum) != pack.read(pack_size - kChecksum, kChecksum))
    return false;
  std::uint64_t count = 0;
  const bool rising = each_number(
      index, 8, kIds, [&](std::uint64_t upto) { return upto >= std::exchange(count, upto); });
  const auto large_begin = kIds + 28 * count;
  const auto large_end = size - 2 * kChecksum;
  if (!rising || large_end < large_begin || (large_end - large_begin) % 8 != 0) return false;
  const auto large = large_offsets(index, large_begin, large_end);
  return each_number(index, kIds + 24 * count, large_begin, [&](std::uint64_t offset) {
    if (offset < kLarge) return lies_in(offset, pack_size);
    return offset - kLarge < large.size() && lies_in(large[offset - kLarge], pack_size);
  });
}

bool multi_pack_index_leads_into(Disk& disk, const Path& folder, File& index) {
  const auto names = named_packs(index);
  const auto places = chunk(index, "OOFF");
  const auto ids = chunk(index, "OIDL");
  if (!names || !places || !ids ||
      (places->second - places->first) / 8 != (ids->second - ids->first) / 20)
    return false;
  std::vector<std::uint64_t> sizes;
  for (const auto& name : *names) sizes.push_back(size_of(disk, folder / (name + ".pack")));
  const auto lies = chunk(index, "LOFF").value_or(std::pair<std::uint64_t, std::uint64_t>());
  const auto large = large_offsets(index, lies.first, lies.second);
  std::optional<std::uint64_t> pack;
  return each_number(index, places->first, places->second, [&](std::uint64_t value) {
    if (!pack) return (pack = value) < sizes.size();
    const auto size = sizes[std::exchange(pack, std::nullopt).value()];
    // The pack of a stale entry may be gone: then it cannot be opened, let alone followed.
    if (size == 0 || (value < kLarge || large.empty())) return size == 0 || lies_in(value, size);
    return value - kLarge < large.size() && lies_in(large[value - kLarge], size);
  });
}

bool leads_into(Disk& disk, const Path& folder, const std::string& file) {
  const auto index = disk.open(folder / file, Open::existing);
  if (file == kMultiPackIndex) return multi_pack_index_leads_into(disk, folder, *index);
  const auto pack = folder / (Path(file).stem().string() + ".pack");
  return !disk.exists(pack) || index_leads_into(*index, *disk.open(pack, Open::existing));
}

bool is_index(const std::string& file) { return file.ends_with(".idx") || file == kMultiPackIndex; }

// How a file stands: another one, or a changed one, differs.
using Stamp = std::tuple<std::uint64_t, std::int64_t, std::int64_t, std::int64_t>;

std::optional<Stamp> stamp_of(const Path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Stamp(status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

// What was found followable: file names with their stamps, by folder.
using Known = std::map<std::string, Stamp>;
Guarded<std::map<Path, Known>>& known_folders() {
  static Guarded<std::map<Path, Known>> folders;
  return folders;
}

bool checksums_match(Disk& disk, const Path& folder, const std::string& file) {
  if (file == kMultiPackIndex) return !multi_pack_index_fault(disk, folder);
  try {
    (void)index_entries(disk.read_all(folder / file));
    return true;
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt) throw;
    return false;
  }
}

// An index that is whole leads out of its pack when that was cut off.
[[noreturn]] void broken(Disk& disk, const Path& folder, const std::string& file) {
  const auto path = folder / file;
  if (file != kMultiPackIndex && checksums_match(disk, folder, file)) {
    throw Error(
        Failure::corrupt, "pack-damaged",
        {"Git 包裝檔不完整，請以備份還原：" + path.string(),
         "the Git pack of this index was cut off; restore it from a backup: " + path.string()});
  }
  throw Error(Failure::corrupt, "index-broken",
              {"Git 包裝檔的索引損毀，請執行 vermilion rebuild 重建：" + path.string(),
               "the index of Git packs is broken; make it anew with `vermilion rebuild`: " +
                   path.string()});
}

}  // namespace

void require_followable(Disk& disk, const Path& folder) {
  // Held meanwhile: many threads that open a store at once look once.
  auto folders = known_folders().lock();
  const auto before = (*folders)[folder];
  Known now;
  for (const auto& file : disk.list(folder)) {
    if (!is_index(file)) continue;
    const auto stamp = stamp_of(folder / file);
    if (!stamp) continue;  // maintenance removed it meanwhile
    const auto found = before.find(file);
    const bool same = found != before.end() && found->second == *stamp;
    try {
      if (!same && !leads_into(disk, folder, file)) broken(disk, folder, file);
    } catch (const Error& error) {
      if (error.failure() != Failure::not_found) throw;
      continue;
    }
    now.emplace(file, *stamp);
  }
  (*folders)[folder] = std::move(now);
}

std::vector<std::string> broken_indexes(Disk& disk, const Path& folder) {
  std::vector<std::string> broken;
  for (const auto& file : disk.list(folder)) {
    if (!is_index(file)) continue;
    if (!leads_into(disk, folder, file) || !checksums_match(disk, folder, file))
      broken.push_back(file);
  }
  return broken;
}

}  // namespace vermilion::git
