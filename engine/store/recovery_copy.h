// The copy of what opens the rest: vault, key-encryption keys, the store's keys, accounts. Encrypted to a
// certificate whose private key is kept off the machine, with a short retention of its own.
//
// Shape    TARGET/recovery/<number>.tar.cms: CMS EnvelopedData of a tar with store-keys/, vault/kek/, accounts.db and
//          vault/vault.db.pieces/<8 digits>, pieces of 64 KiB. The first of a chain holds all pieces, those that follow the pieces
//          that changed; unpacked in order over each other they are the newest state.
// Chain    A new one is begun when the certificate changed, something was destroyed, vault.db shrank, or half its days have passed.
// Expiry   A copy is overwritten and removed, once its chain has ended, `days` days after it was made.
// Use      make() under the store's lock, settled.
// Errors   forbidden "envelope-closed"; corrupt "bad-archive", "backup-damaged".
// Source   architecture section 2 "Sealing"; docs-src/formats/backup.md.
#pragma once
#include "store/backup_manifest.h"
#include "store/parts.h"

namespace vermilion::store {

constexpr const char* kRecoverySettings = "settings/recovery.json";  // on main
constexpr int kRecoveryDays = 30;

struct RecoverySettings {
  std::string certificate;  // PEM
  int days = kRecoveryDays;
};

[[nodiscard]] Bytes recovery_settings_bytes(const RecoverySettings& settings);
[[nodiscard]] std::optional<RecoverySettings> find_recovery_settings(const Snapshot& main);
[[nodiscard]] std::string expiry_date(Instant made, int days);

struct MadeCopy {
  RecoveryChain chain;
  std::string path;  // of the new file, relative to TARGET
  FileDigest digest;
};
// Nothing in `chain.files`: a new chain.
[[nodiscard]] MadeCopy make_recovery_copy(Parts& parts, const Path& target, std::uint64_t number,
                                          RecoveryChain chain, const RecoverySettings& settings);

// Whether the next copy may follow this chain.
[[nodiscard]] bool may_follow(Parts& parts, const RecoveryChain& chain,
                              const RecoverySettings& settings);

// Removes copies that are in no chain and whose days have passed.
void remove_expired_copies(Disk& disk, const Path& target, const RecoveryChain& chain, Instant now,
                           int days);

// Unpacks a chain into an empty store folder.
void unpack_recovery_chain(Disk& disk, const Path& target, const BackupManifest& manifest,
                           const crypto::PrivateKey& key, const Path& store);

}  // namespace vermilion::store
