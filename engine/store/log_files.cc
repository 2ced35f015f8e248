#include "store/log_files.h"

#include "base/error.h"

namespace vermilion::store {

LogFiles::LogFiles(Disk& disk, const Path& store) : disk_(disk), folder_(store / "log") {}

std::optional<Bytes> LogFiles::read(const std::string& path) {
  // The writer may take a partial tile away between two looks: then a wider one stands.
  try {
    return disk_.read_all(folder_ / path);
  } catch (const Error& error) {
    if (error.failure() == Failure::not_found) return std::nullopt;
    throw;
  }
}

void LogFiles::replace(const std::string& path, std::string_view bytes) {
  const Path file = folder_ / path;
  make_durable(file.parent_path());
  disk_.replace(file, bytes);
}

// The log sweeps by name, and most of the names are not there.
void LogFiles::remove(const std::string& path) {
  if (disk_.exists(folder_ / path)) disk_.remove(folder_ / path);
}

void LogFiles::make_durable(const Path& folder) {
  if (folder == folder_ || durable_.contains(folder)) return;
  make_durable(folder.parent_path());
  disk_.make_directories(folder);
  disk_.sync_directory(folder.parent_path());
  durable_.insert(folder);
}

}  // namespace vermilion::store
