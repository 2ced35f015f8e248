// Copying files between a store and what it is backed up to, with the digest of what was read.
//
// Memory   One piece of 1 MiB.
// Crash    copy_file: the whole file or none, durable but for its name; sync_directory() of its folder
//          makes that durable too. copy_range: durable when it returns.
#pragma once
#include "base/disk.h"

namespace vermilion::store {

constexpr std::uint64_t kAll = ~std::uint64_t{0};

// What a file holds: in manifests "<64 hex digits>".
struct FileDigest {
  std::uint64_t size = 0;
  std::string sha256;
};

[[nodiscard]] FileDigest digest_file(Disk& disk, const Path& file, std::uint64_t size = kAll);
// The first `size` bytes (kAll: the file).
FileDigest copy_file(Disk& disk, const Path& from, const Path& to, std::uint64_t size = kAll);
// Bytes begin … end of a file to the same place of another, which need not exist.
void copy_range(Disk& disk, const Path& from, const Path& to, std::uint64_t begin,
                std::uint64_t end);

}  // namespace vermilion::store
