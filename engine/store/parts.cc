#include "store/parts.h"

#include "base/error.h"

namespace vermilion::store {

Parts::Parts(Disk& d, const Clock& c, const Path& p, Settings s)
    : disk(d),
      clock(c),
      path(p),
      settings(std::move(s)),
      master(load_master_key(disk, settings.master_key_file)),
      evidence(git::Repository::open(disk, path / "evidence.git")),
      drafts(git::Repository::open(disk, path / "drafts.git")),
      journal(disk, path, settings.id),
      payloads(disk, path),
      keks(disk, path, master),
      vault(path, row_mac(master, settings, "vault")),
      accounts(path, row_mac(master, settings, "accounts")),
      log_files(disk, path / "log"),
      catalogue(path, row_mac(master, settings, "catalogue")),
      records(catalogue) {
  reopen_log();
}

// An open log keeps what it knows of its tiles, so that it is opened anew only when it must be.
log::TileLog& Parts::reopen_log() {
  auto note = log_files.read("checkpoint");
  const bool same = log && log->size() == log->checkpoint().size && note == checkpoint_note;
  if (same) return *log;
  try {
    log.emplace(log_files, settings.log_origin, settings.verifier_key);
  } catch (const Error& error) {
    throw Error(error.failure() == Failure::unavailable ? Failure::unavailable : Failure::corrupt,
                error.code(),
                {"log/checkpoint：" + error.said().zh, "log/checkpoint: " + error.said().en});
  }
  checkpoint_note = std::move(note);
  return *log;
}

void Parts::seal_log() {
  log->seal_checkpoint(settings.log_origin, log_key());
  checkpoint_note = log_files.read("checkpoint");
}

const crypto::PrivateKey& Parts::signing_key(std::optional<crypto::PrivateKey>& key,
                                             StoreKey which) {
  if (!key) key = load_store_key(disk, path, master, which);
  return *key;
}

git::Author Parts::store_author(Instant at) const {
  return {.name = "vermilion", .email = "store@" + settings.id, .at = at};
}

RowMac row_mac(const Bytes& master, const Settings& settings, std::string_view database) {
  return {master, settings.id, database};
}

}  // namespace vermilion::store
