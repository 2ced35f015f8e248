#include "log/archive.h"

#include "base/error.h"
#include "crypto/digest.h"
#include "log/tile.h"

namespace vermilion::log {
namespace {

void copy_part(TileFiles& from, TileFiles& to, const std::string& path) {
  const auto bytes = from.read(path);
  if (!bytes) {
    throw Error(Failure::unavailable, "log-moved-on",
                {"複製時日誌已經延長（" + path + "）；請再執行一次",
                 "the log grew while it was copied (" + path + "); try again"});
  }
  to.replace(path, *bytes);
}

void copy_parts(TileFiles& from, TileFiles& to, const std::string& folder, std::uint64_t total) {
  for (std::uint64_t number = 0; number * kTileWidth < total; ++number)
    copy_part(from, to, part_path(folder, number, width_of(number, total)));
}

}  // namespace

void copy_log(TileFiles& from, TileFiles& to, std::uint64_t size, const Bytes& note) {
  copy_parts(from, to, kBundleFolder, size);
  for (unsigned level = 0; level < 8 && size >> 8 * level != 0; ++level)
    copy_parts(from, to, tile_folder(level), size >> 8 * level);
  to.replace("checkpoint", note);
}

std::string entries_digest(TileLog& log, std::uint64_t from, std::uint64_t to) {
  crypto::Sha256 hashes;
  log.each_entry(from, to,
                 [&](std::uint64_t, const Bytes& entry) { hashes.add(leaf_hash(entry)); });
  return "sha256:" + hex(hashes.finish());
}

}  // namespace vermilion::log
