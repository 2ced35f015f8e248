// What one backup consists of: written last and signed, so that a backup without its manifest is none.
//
// Shape    TARGET/backups/<10 digits>.json and .sig (signed_file.h); schemas/backup-manifest.schema.json.
//          Paths are relative to TARGET; a file may have grown since: its first `size` bytes count.
// Errors   not_found "no-backup"; corrupt "backup-unsigned"; conflict "backup-of-another-store".
// Source   docs-src/formats/backup.md.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/clock.h"
#include "store/file_copy.h"
#include "store/mirror.h"
#include "store/signed_file.h"

namespace vermilion::store {

constexpr std::string_view kSegments = "payloads/segment-";  // how their paths begin

using FileDigests = std::map<std::string, FileDigest>;

// The copy of vault and keys: one file with everything, and those that follow with what changed since.
struct RecoveryChain {
  std::string certificate;          // PEM; what it is encrypted to
  Instant begun;                    // when the first was made
  std::string expires;              // the date on which the newest may go
  std::vector<std::string> files;   // paths, to be opened in this order
  std::vector<std::string> pieces;  // SHA-256 of each piece of vault.db
};

struct BackupManifest {
  std::uint64_t number = 0;
  std::string store;
  Instant at;
  std::string settings;         // vermilion.yaml
  std::string allowed_signers;  // main's
  std::string checkpoint;       // the signed note
  std::uint64_t log_size = 0;   // that it speaks of
  RefMap evidence;
  RefMap drafts;
  FileDigests files;
  RecoveryChain recovery;
  std::set<std::string> followed;  // disposals whose ciphertext is gone from here too
};

[[nodiscard]] Json manifest_json(const BackupManifest& manifest);
[[nodiscard]] BackupManifest parse_manifest(const Json& json);

[[nodiscard]] Path manifest_file(const Path& target, std::uint64_t number);
// Numbers of the manifests there are, ascending.
[[nodiscard]] std::vector<std::uint64_t> manifest_numbers(Disk& disk, const Path& target);
// The newest one, its signature checked against the signer it names itself: whoever restores compares
// that one with the key that comes out of the recovery copy.
[[nodiscard]] BackupManifest newest_manifest(Disk& disk, const Path& target);

}  // namespace vermilion::store
