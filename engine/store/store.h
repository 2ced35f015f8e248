// The store: commits acts and answers reads. The only writer of durable state.
//
// Shape    A folder as in architecture section 2. One commit on main per act with edits; never rewritten.
// Crash    commit() returns after one durable write of the journal, shared with the acts of other threads; files and databases follow
//          in the background. When it throws, the act either did not happen, or ("not-written") nobody knows before the next opening.
// Reading  An acknowledged act is seen by every read of this process that begins after it, and by every Store opened after it.
// Threads  One Store by one thread at a time; open one per thread: Stores of one process share their writer.
// Process  While it has something to write, a process holds flock on STORE/lock; another one waits up to 30 s, then unavailable
//          "store-busy". Readers never wait, except that opening waits for, or completes, what is not folded.
// Errors   unavailable (disk, busy), conflict (what decide throws, "ref-moved"), corrupt naming the place.
// Source   architecture sections 1, 2, 4; docs-src/formats/store.md.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/disk.h"
#include "base/json.h"
#include "crypto/certificate.h"
#include "log/tile_log.h"
#include "store/act.h"
#include "store/catalogue.h"
#include "store/checking.h"
#include "store/settings.h"

namespace vermilion::store {

struct CreateRequest {
  Path path;         // must not exist or be empty; else conflict "store-exists"
  std::string name;  // of the organisation
  std::string time_zone = "Asia/Taipei";
  Path master_key_file;  // outside `path`; made (0600) if there is none
  Path root_key_file;    // where the root CA key leaves the store (encrypted PEM, 0600)
  std::string root_passphrase;
  std::vector<std::pair<std::string, Bytes>> files;  // first content of main: rules/…
};

struct Authority {
  crypto::Certificate root;
  crypto::Certificate issuer;
};

struct OpenedPayload {
  Bytes content;           // empty when it went to a sink
  std::string record;  // as in its SealRequest
  std::string part;
  std::string commitment;  // "hmac-sha256:…", computed from what was opened
  std::string ciphertext;  // "sha256:…" of what is stored
  Bytes salt;              // of the commitment, for further ones that belong to the same content
};

struct Destroyed {
  std::vector<std::string> removed_keys;  // "nda-15y-2026-1": generations whose file is gone
  std::vector<std::string> new_keys;      // "nda-15y-2026-2": what the survivors are wrapped under
};

// Made and opened here; what it stands on is decided by the store's settings. Today: files (store/file_store.h).
class Store {
 public:
  // Makes the store: keys, both authorities, first commit, first log entry.
  static void create(Disk& disk, const Clock& clock, const CreateRequest& request);
  static std::unique_ptr<Store> open(Disk& disk, const Clock& clock, const Path& path);
  virtual ~Store() = default;

  [[nodiscard]] virtual const Path& path() const = 0;
  [[nodiscard]] virtual const Settings& settings() const = 0;
  [[nodiscard]] virtual const Clock& clock() const = 0;
  [[nodiscard]] virtual Authority authority() const = 0;
  // The issuing key, unwrapped for one issuance. Every issuance is an act.
  [[nodiscard]] virtual crypto::PrivateKey issuing_key() const = 0;

  virtual Receipt commit(const Act& act) = 0;

  // Seals a content as it is read, never holding it whole, and makes it durable; nobody waits meanwhile. Changes::file makes it part
  // of an act. What no act files within a day is removed at an opening; nobody can read it, as its key is gone.
  [[nodiscard]] virtual StagedPayload stage(const SealRequest& request,
                                            const Source& content) = 0;

  [[nodiscard]] virtual Snapshot evidence() = 0;  // main as it stands
  [[nodiscard]] virtual Snapshot evidence_at(
      Instant known_at) = 0;  // main after the last act at or before that instant
  [[nodiscard]] virtual Snapshot evidence_of(const git::ObjectId& commit) = 0;  // throws not_found
  [[nodiscard]] virtual Snapshot draft(const std::string& branch) = 0;          // tip, or empty
  [[nodiscard]] virtual Snapshot draft_of(
      const git::ObjectId& commit) = 0;  // a commit of drafts.git; throws not_found
  // Names of the draft branches that begin so: draft_branches("ISMS-01-002/").
  [[nodiscard]] virtual std::vector<std::string> draft_branches(const std::string& prefix) = 0;
  // Commits of a draft branch, oldest first: (commit, author account).
  [[nodiscard]] virtual std::vector<std::pair<git::ObjectId, std::string>> draft_authors(
      const std::string& branch) = 0;

  // Annotated tags of evidence.git, by name: (ISMS-01-002/3.6, the commit it is set on). Tags of any other kind are check()'s.
  [[nodiscard]] virtual std::vector<std::pair<std::string, git::ObjectId>> tags() = 0;

  // 32 bytes derived from the master key for one purpose ("search-queries"): for keyed digests.
  [[nodiscard]] virtual Bytes derived_key(const std::string& purpose) const = 0;

  // Opens a sealed payload; throws not_found ("payload-destroyed") when its key is gone, corrupt when it is damaged or
  // ("key-missing") when only a key file is missing that no destruction removed.
  [[nodiscard]] virtual Bytes payload(const std::string& id) = 0;
  // The same, handed on piece by piece: each piece is verified, but only when it returns is it known that they were the whole.
  virtual OpenedPayload stream_payload(const std::string& id, const Sink& content) = 0;
  // The same with what it says of itself: for checking it against a manifest and a statement.
  [[nodiscard]] virtual OpenedPayload open_payload(const std::string& id) = 0;
  [[nodiscard]] virtual std::optional<KeptKey> kept_key(const std::string& account) = 0;
  [[nodiscard]] virtual std::optional<std::string> password(
      const std::string& account) = 0;  // PHC string

  [[nodiscard]] virtual const Catalogue& catalogue() const = 0;
  [[nodiscard]] virtual log::TileLog& log() = 0;

  // Returns when every act acknowledged before stands in files and databases, for who reads those himself (git, backup, export).
  // Throws unavailable "fold-pending".
  virtual void settle() = 0;

  // Destroys sealed payloads: the barrier first (everything folded, the journal scrubbed), then for each key-encryption key
  // concerned a new generation under which the survivors are wrapped anew, the destroyed rows and the old file gone, the
  // ciphertext zeroed in place and punched, own files overwritten and removed. Only ids that a disposal on main lists
  // (disposals/<ulid>/payloads.json: {"payloads": [ulid…]}) are taken; others throw Bug. Safe to repeat after a crash at any point.
  // Idempotent: what is gone already is passed over.
  virtual Destroyed destroy(const std::vector<std::string>& payloads) = 0;
  // Where anything of these payloads can still be read or opened: "vault/vault.db wrapped_keys 01J…", "payloads/segment-0001 at
  // 4096 (01J…)", "journal". Empty when nothing is left.
  [[nodiscard]] virtual std::vector<std::string> remains(
      const std::vector<std::string>& payloads) = 0;

  // Deletes and recreates the catalogue from git, log and payload segments.
  virtual void rebuild() = 0;

  // Checks every object, pack, payload, wrapped key, database row, journal block, log entry and tile, commit
  // and tag signature, and that the catalogue equals git and the log; with `since`, what came after. Never stops at the first fault.
  virtual CheckResult check(const CheckRequest& request) = 0;
  // What the last check that was remembered vouches for; nothing when it was altered since, or there was none.
  [[nodiscard]] virtual std::optional<Checked> last_check() = 0;
  virtual void remember_check(const Checked& checked) = 0;
};

}  // namespace vermilion::store
