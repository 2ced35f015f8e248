// STORE/backup.json: where this store is backed up to. Of this machine, not evidence: lost, it is made again by the next backup.
//
// Shape   {"targets": [{"path", "copied"}]}: when the newest recovery copy there was made.
#pragma once
#include <vector>

#include "service/context.h"

namespace vermilion::service {

struct BackupTarget {
  Path path;
  Instant copied;
};

[[nodiscard]] std::vector<BackupTarget> backup_targets(Context& context);
void remember_target(Context& context, const BackupTarget& target);

// Throws forbidden "no-right" unless the caller may back up; the console may.
void require_backup_right(Context& context);

}  // namespace vermilion::service
