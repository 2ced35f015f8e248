#include "store/restore_files.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vermilion::store {
namespace {

constexpr std::string_view kBelowPayloads = "payloads/";

std::string segment_of(const PayloadPlace& place) {
  const auto name = Payloads::name_of(place);
  return name.substr(0, name.find(' '));
}

std::string own_file_of(const PayloadPlace& place) {
  const auto name = hex(place.sha256);
  return fmt::format("{}{}/{}", kBelowPayloads, name.substr(0, 2), name);
}

}  // namespace

RestoreFiles::RestoreFiles(Disk& disk, Path target, Path store, std::set<std::string> destroyed)
    : disk_(disk),
      target_(std::move(target)),
      store_(std::move(store)),
      destroyed_(std::move(destroyed)) {}

void RestoreFiles::run(const BackupManifest& manifest) {
  disk_.make_directories(store_ / "payloads");
  for (const auto& [path, digest] : manifest.files) bring(path, digest);
  for (const auto& folder : folders_) disk_.sync_directory(folder);
  check_changed();
}

void RestoreFiles::bring(const std::string& path, const FileDigest& digest) {
  FileDigest found;
  try {
    if (path.starts_with("recovery/")) {
      found = digest_file(disk_, target_ / path);
    } else {
      const Path file = store_ / path;
      disk_.make_directories(file.parent_path());
      folders_.insert(file.parent_path());
      found = copy_file(disk_, target_ / path, file, digest.size);
    }
  } catch (const Error& error) {
    if (error.code() != "no-file") throw;
  }
  bytes_ += found.size;
  if (found.size == digest.size && found.sha256 == digest.sha256) return;
  if (path.starts_with(kBelowPayloads)) {
    changed_.insert(path);
  } else {
    damaged_.push_back(path);
  }
}

// What a destruction has zeroed since is no damage; everything beside it must be whole.
void RestoreFiles::check_changed() {
  if (changed_.empty()) return;
  Payloads payloads(disk_, store_);
  std::set<std::string> excused;
  payloads.scan(
      {},
      [&](const PayloadPlace& place) {
        const auto path = place.own_file ? own_file_of(place) : segment_of(place);
        if (!changed_.contains(path)) return;
        if (payloads.is_erased(place) && destroyed_.contains(place.payload)) {
          excused.insert(path);
          return;
        }
        try {
          payloads.read(place, [](const Source&) {});
        } catch (const Error&) {
          damaged_.push_back(Payloads::name_of(place));
        }
      },
      [&](const std::string& where, const std::string&) { damaged_.push_back(where); });
  for (const auto& path : changed_) {
    const bool told = std::any_of(damaged_.begin(), damaged_.end(),
                                  [&](const auto& where) { return where.starts_with(path); });
    if (!excused.contains(path) && !told) damaged_.push_back(path);
  }
}

}  // namespace vermilion::store
