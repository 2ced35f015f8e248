#include "log/disk_tiles.h"

#include <filesystem>

#include "base/error.h"

namespace vermilion::log {

DiskTileFiles::DiskTileFiles(Disk& disk, const Path& folder)
    : disk_(disk), folder_(std::filesystem::absolute(folder)) {}

std::optional<Bytes> DiskTileFiles::read(const std::string& path) {
  try {
    return disk_.read_all(folder_ / path);
  } catch (const Error& error) {
    if (error.failure() == Failure::not_found) return std::nullopt;
    throw;
  }
}

// A file in a new folder is durable only when the folder's own name is. A folder that stands may
// have been left by a writer that was killed before it synced.
void DiskTileFiles::make_folder(const Path& folder) {
  if (made_.contains(folder)) return;
  if (folder != folder_) make_folder(folder.parent_path());
  if (!disk_.exists(folder)) disk_.make_directories(folder);
  disk_.sync_directory(folder.parent_path());
  made_.insert(folder);
}

void DiskTileFiles::replace(const std::string& path, std::string_view bytes) {
  const auto file = folder_ / path;
  make_folder(file.parent_path());
  disk_.replace(file, bytes);
}

void DiskTileFiles::remove(const std::string& path) {
  const auto file = folder_ / path;
  if (!disk_.exists(file)) return;
  disk_.remove(file);
  // The folder of partial tiles goes with the last of them. An empty folder is only clutter, so
  // whether this succeeds does not matter and Disk need not know.
  std::error_code ignored;
  if (file.parent_path().extension() == ".p" &&
      std::filesystem::remove(file.parent_path(), ignored)) {
    made_.erase(file.parent_path());
  }
}

}  // namespace vermilion::log
