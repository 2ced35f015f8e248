// Bringing a manifest's files back, each compared with its digest on the way.
//
// Damage   Nothing is thrown for a damaged or missing file: it is named. A segment that was changed by a destruction after the manifest
//          was written is looked at record by record.
#pragma once
#include <set>

#include "store/backup_manifest.h"
#include "store/parts.h"

namespace vermilion::store {

class RestoreFiles {
 public:
  // `destroyed`: payloads that need not be there.
  RestoreFiles(Disk& disk, Path target, Path store, std::set<std::string> destroyed);

  // Everything but the recovery copy, which is compared where it lies.
  void run(const BackupManifest& manifest);
  [[nodiscard]] const std::vector<std::string>& damaged() const { return damaged_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  void bring(const std::string& path, const FileDigest& digest);
  void check_changed();

  Disk& disk_;
  const Path target_;
  const Path store_;
  const std::set<std::string> destroyed_;
  std::set<std::string> changed_;  // paths below payloads/ whose digest differs or that are missing
  std::vector<std::string> damaged_;
  std::set<Path> folders_;
  std::uint64_t bytes_ = 0;
};

}  // namespace vermilion::store
