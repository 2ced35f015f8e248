// A store out of a backup: whole, or nothing that opens.
//
// Needs    The recovery certificate's private key, the master key, and the lists of destructions up to the newest checkpoint there is:
//          what was destroyed after the backup was made is destroyed in the restored store too, before it can be opened.
// Order    Files, each compared with the manifest -> keys -> an act that puts disposals which main does not know yet back on it ->
//          their payloads destroyed -> vermilion.yaml, without which the folder is no store.
// Log      The act is the first of the restored store: kind "restore", subject "backup <n>".
// Errors   conflict "destructions-unknown"; corrupt "backup-damaged" naming every file, "backup-unsigned", "lists-incomplete";
//          conflict "store-exists"; invalid "key-inside-store", "checkpoint-of-another-log"; unavailable "no-master-key", "target-busy";
//          forbidden "envelope-closed".
// Source   architecture section 2; story S11; docs-src/formats/backup.md.
#pragma once
#include "store/backup_manifest.h"

namespace vermilion::store {

constexpr const char* kUnknownDestructions =
    "settings/unknown-destructions.json";  // on main, until cleared

struct RestoreRequest {
  Path target;
  Path store;          // must not exist or be empty
  Bytes recovery_key;  // PEM
  std::string recovery_passphrase;
  Path master_key_file;  // "": where the backup's settings say
  Bytes checkpoint;      // a signed note known from elsewhere, or ""
  Path lists;            // lists of destructions known from elsewhere; "": TARGET/destroyed
  bool unknown_destructions = false;
};

struct RestoreResult {
  BackupManifest manifest;
  std::uint64_t bytes = 0;
  std::vector<std::string> applied;  // disposals that the backup did not know
  std::uint64_t known_checkpoint =
      0;  // size of the newest one: entries beyond the manifest's are lost
  bool unknown_destructions = false;
};

[[nodiscard]] RestoreResult restore_store(Disk& disk, const Clock& clock,
                                          const RestoreRequest& request);

}  // namespace vermilion::store
