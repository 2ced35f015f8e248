// Copying a store to a folder elsewhere, again and again, each time only what is new.
//
// Shape    TARGET/
//            backup.json                 whose backups these are
//            backups/<10 digits>.json    the newest backup's manifest, signed, written last (backup_manifest.h)
//            evidence.git/ drafts.git/   bare repositories that stock git reads
//            payloads/ log/              as in the store
//            recovery/                   what opens the rest, encrypted (recovery_copy.h)
//            destroyed/ checkpoints/     what must be known before anything is restored (destroyed_lists.h)
// Order    Everything that never changes is copied beside the writer; then, under its lock, what came meanwhile, the lists of
//          destructions, what a destruction took away, and the recovery copy; the manifest last. A backup cut short leaves the one before
//          restorable.
// Errors   invalid "target-inside-store"; conflict "target-in-use", "target-of-another-store", "target-of-another-branch";
//          unavailable "target-busy".
// Source   architecture section 2 "Sealing", section 4; story S11; docs-src/formats/backup.md.
#pragma once
#include "store/recovery_copy.h"

namespace vermilion::store {

struct BackupResult {
  BackupManifest manifest;
  std::uint64_t copied_files = 0;
  std::uint64_t copied_bytes = 0;
};

// The next number at a target, which is made ready for this store: 1 for a new one. Throws what a backup to it would.
[[nodiscard]] std::uint64_t next_backup(Disk& disk, const Path& store, const Path& target);

// main must hold settings/recovery.json.
[[nodiscard]] BackupResult back_up(Disk& disk, const Clock& clock, const Path& store,
                                   const Path& target);

struct LogBackup {
  std::uint64_t log_size = 0;
  std::uint64_t copied_bytes = 0;
};
// The log, its checkpoint and the lists of destructions alone: daily, and at each disposal. `target` must hold a backup of this store.
[[nodiscard]] LogBackup back_up_log(Disk& disk, const Clock& clock, const Path& store,
                                    const Path& target);

[[nodiscard]] Path checkpoint_file(const Path& target, std::uint64_t log_size);

}  // namespace vermilion::store
