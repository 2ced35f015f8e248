// The files of the audit log below STORE/log, through the Disk.
//
// Crash    replace() also makes a file's folders durable, up to STORE/log: once for each folder in
//          the life of this object, because a folder that is there may not have been synced by who
//          made it.
#pragma once
#include <set>

#include "base/disk.h"
#include "log/tile_log.h"

namespace vermilion::store {

class LogFiles : public log::TileFiles {
 public:
  LogFiles(Disk& disk, const Path& store);
  std::optional<Bytes> read(const std::string& path) override;
  void replace(const std::string& path, std::string_view bytes) override;
  void remove(const std::string& path) override;

 private:
  void make_durable(const Path& folder);

  Disk& disk_;
  Path folder_;
  std::set<Path> durable_;
};

}  // namespace vermilion::store
