// The log's files in a folder of the disk.
//
// Threads  One at a time, as the TileLog above it.
// Errors   What Disk throws: unavailable.
#pragma once
#include <set>

#include "base/disk.h"
#include "log/tile_log.h"

namespace vermilion::log {

class DiskTileFiles : public TileFiles {
 public:
  // `folder` is made by the first write.
  DiskTileFiles(Disk& disk, const Path& folder);

  [[nodiscard]] std::optional<Bytes> read(const std::string& path) override;
  void replace(const std::string& path, std::string_view bytes) override;
  void remove(const std::string& path) override;

 private:
  void make_folder(const Path& folder);

  Disk& disk_;
  Path folder_;
  std::set<Path> made_;  // folders known to stand, so that they are not synced at each write
};

}  // namespace vermilion::log
