// Backups as an office works with them: taking one, restoring, drilling, and what is known outside the store of what was destroyed.
//
// Rights   store.backup or store.maintain to back up and to drill; the console may back up without a person, as it holds the files
//          anyway. Restoring is the console's: there is no store yet that could know anybody.
// Log      "backup" begun and done (or failed:<code>), "log-backup", "restore", "drill", "destructions-confirmed".
// Shape    main: settings/recovery.json (who can open the recovery copy, and for how long there is one). STORE/backup.json: the targets,
//          so that a disposal and the daily copy find them; not evidence.
// Errors   As store/backup.h and store/restore.h; invalid "no-recovery-certificate", "bad-recovery-days".
// Source   肆/十三/(一)/2, 5, 6; architecture sections 2 and 4; story S11.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// Who can open recovery copies from now on (PEM; "": as before), and how many days they are kept (0: as before, else 30).
void set_recovery(Context& context, const Bytes& certificate, int days);

struct BackupRequest {
  Path target;
  Bytes recovery_certificate;  // PEM; "": the one that main holds
  int recovery_days = 0;       // 0: as main has it, else 30
};
// {target, number, at, log_size, head, copied_files, copied_bytes, recovery_expires}
[[nodiscard]] Json back_up(Context& context, const BackupRequest& request);

// Keys of a restore: from files, whichever way the person has them.
struct RecoveryKeys {
  Bytes recovery_key;  // PEM
  std::string recovery_passphrase;
  Path master_key_file;  // "": where the backup's settings say
};

struct RestoreRequest {
  Path target;
  Path store;
  RecoveryKeys keys;
  Bytes checkpoint;  // a signed note known from elsewhere, or ""
  Path lists;        // lists of destructions kept elsewhere, by a witness; "": the target's
  bool unknown_destructions = false;
};
// {store, path, backup, at, head, backup_head, log_size, bytes, lost_entries, applied: [disposal…], unknown_destructions}
[[nodiscard]] Json restore(Disk& disk, const Clock& clock, const RestoreRequest& request);

struct DrillRequest {
  Path target;
  Path scratch;  // a new folder is made in it, and removed
  RecoveryKeys keys;
  std::size_t sample = 20;  // records to open
};
// The values of the form, {ok} and {record: {id, number}}: restores, verifies, opens records, tries what was destroyed, and files a record of the form recovery-drill.
[[nodiscard]] Json drill(Context& context, const DrillRequest& request);

// The log, its checkpoint and the lists of destructions to every target: daily (肆/十三/(一)/6). A target that cannot be reached is
// told, and logged as failed: [{target, outcome, log_size}].
Json daily_log_backup(Context& context);
// There are targets, today's has not reached all of them, and none was tried in the last hour.
[[nodiscard]] bool log_backup_is_due(Context& context);
// The same when something was destroyed; what fails is caught up by the next backup.
void publish_destructions(Context& context);

// {zh, en, expires?}: until when the last recovery copy may open what is destroyed today; for the certificate.
[[nodiscard]] Json recovery_horizon(Context& context);

// What a restore without the lists left: {backup, restored, known_to, newest_checkpoint}, or null.
[[nodiscard]] Json unknown_destructions(Context& context);
// An administrator takes the warning away.
[[nodiscard]] Json confirm_destructions(Context& context, const std::string& reason);

}  // namespace vermilion::service
