// objects/pack/multi-pack-index: where each object of all packs lies, in one file.
//
// Shape    Version 1 as git documents it: chunks PNAM, OIDF, OIDL, OOFF, and LOFF when a pack exceeds 2 GiB; an object that several
//          packs hold is listed once. A projection: it can go at any time, and whoever removes a pack it names removes it first.
// Memory   A window of each index, whatever their size: libgit2's own writer needs about 70 bytes for each object.
// Errors   corrupt ("bad-index") when a pack's index cannot be read.
// Source   git's Documentation/gitformat-pack, "multi-pack-index (MIDX) files".
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"

namespace vermilion::git {

// libgit2 looks at the order of all its ids whenever a repository is opened: 9 ns for each, 70 ms for the eight million objects of a million
// acts, at each request of a server. A few dozen packs cost a reader less.
constexpr std::uint64_t kMostIndexed = 1 << 20;

// Writes it anew over every pack that stands, durable when it returns; removes it when they hold more than `most` objects. Returns how many
// they hold.
std::uint64_t write_multi_pack_index(Disk& disk, const Path& pack_folder,
                                     std::uint64_t most = kMostIndexed);
// Removes it, durably, if it names one of these packs (without suffix) or cannot be read.
void drop_multi_pack_index(Disk& disk, const Path& pack_folder,
                           const std::vector<std::string>& names);
// Removes it if it names a pack that does not stand: stock git may have removed that one meanwhile.
void drop_stale_multi_pack_index(Disk& disk, const Path& pack_folder);
// What is wrong with its checksum or the packs it names; nothing when it is right or not there.
[[nodiscard]] std::optional<std::string> multi_pack_index_fault(Disk& disk,
                                                                const Path& pack_folder);

// The packs it names, without suffix; nothing when it is no such file.
[[nodiscard]] std::optional<std::vector<std::string>> named_packs(File& index);
// Where a chunk ("OOFF") lies in it and ends; nothing when it has none.
[[nodiscard]] std::optional<std::pair<std::uint64_t, std::uint64_t>> chunk(File& index,
                                                                           std::string_view id);

}  // namespace vermilion::git
