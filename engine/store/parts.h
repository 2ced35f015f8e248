// The open parts of one store, for the files of this layer alone.
//
// Threads  One thread at a time.
#pragma once
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/disk.h"
#include "crypto/ssh_signature.h"
#include "git/repository.h"
#include "log/disk_tiles.h"
#include "log/tile_log.h"
#include "store/accounts.h"
#include "store/catalogue_db.h"
#include "store/journal.h"
#include "store/key_files.h"
#include "store/payloads.h"
#include "store/projection.h"
#include "store/record_index.h"
#include "store/settings.h"
#include "store/vault.h"

namespace vermilion::store {

constexpr const char* kMainRef = "refs/heads/main";

struct Parts {
  // Opens everything; `settings` are those of vermilion.yaml.
  Parts(Disk& disk, const Clock& clock, const Path& path, Settings settings);
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  // The log as its checkpoint on disk has it: another process may have appended.
  log::TileLog& reopen_log();
  // Signs the checkpoint over everything appended.
  void seal_log();
  // Loaded by the first who signs: OpenSSL takes longer over a key than a reader over its answer.
  [[nodiscard]] const crypto::PrivateKey& sealing_key() {
    return signing_key(sealing_key_, StoreKey::sealing);
  }
  [[nodiscard]] const crypto::PrivateKey& log_key() {
    return signing_key(log_key_, StoreKey::log);
  }
  // The same key, for commits and tags.
  [[nodiscard]] const crypto::SshSigner& commit_signer() {
    if (!commit_signer_) commit_signer_.emplace(sealing_key());
    return *commit_signer_;
  }
  [[nodiscard]] Sources sources() { return {*evidence, *log, payloads}; }
  [[nodiscard]] git::Author store_author(Instant at) const;

  Disk& disk;
  const Clock& clock;
  const Path path;
  const Settings settings;
  const Bytes master;
  std::unique_ptr<git::Repository> evidence;
  std::unique_ptr<git::Repository> drafts;
  Journal journal;
  Payloads payloads;
  KeyEncryptionKeys keks;
  Vault vault;
  Accounts accounts;
  log::DiskTileFiles log_files;
  std::optional<log::TileLog> log;
  std::optional<Bytes> checkpoint_note;  // the one `log` stands on
  CatalogueDb catalogue;
  RecordIndex records;  // over the catalogue

 private:
  [[nodiscard]] const crypto::PrivateKey& signing_key(std::optional<crypto::PrivateKey>& key,
                                                      StoreKey which);
  std::optional<crypto::PrivateKey> sealing_key_;
  std::optional<crypto::PrivateKey> log_key_;
  std::optional<crypto::SshSigner> commit_signer_;
};

[[nodiscard]] RowMac row_mac(const Bytes& master, const Settings& settings,
                             std::string_view database);

}  // namespace vermilion::store
