// One act: everything a change of state consists of. It is acknowledged whole or did not happen.
//
// Shape    The caller names who acts on what; `decide` then runs under the writer's lock, sees in `Now` the state the act will stand
//          on (the store itself does not show acts that wait for the same sync), and fills in the changes. It may throw to refuse: then nothing was written and no number was used.
//          So running numbers, stale-base checks and log indexes cannot lose a race.
// Source   architecture invariant 2 and section 2 "Writing".
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/stream.h"
#include "store/snapshot.h"

namespace vermilion::store {

// What is filed under a fresh payload key. See crypto/sealing.h.
struct SealRequest {
  std::string record;  // ULID of the record or person the payload belongs to
  int version = 1;
  std::string part;       // "profile", "content", "statement" …
  std::string key_class;  // retention class that names the key-encryption key: "people", "nda-15y"
  int year = 0;           // filing year, Gregorian
  Bytes content;
  Bytes salt = {};  // 32 bytes chosen beforehand (crypto/sealing.h), or empty
};

struct SealedRef {
  std::string payload;     // ULID
  std::string commitment;  // "hmac-sha256:<64 hex>", goes into statements
  std::string ciphertext;  // "sha256:<64 hex>", goes into manifests only
};

// A content sealed into a file of its own ahead of the act that files it (Store::stage), because it is too big to be held.
struct StagedPayload {
  SealRequest request;  // without content
  SealedRef ref;
  std::uint64_t length = 0;  // of the ciphertext
  Bytes key;                 // the content's own, bare: it stands nowhere else until the act is filed
};

// A private key in server custody, already encrypted under its owner's passphrase; or the seal's own (sealing_key.h).
struct KeptKey {
  std::string account;
  std::string certificate;  // SHA-256 of its certificate, 64 hex
  Bytes salt;               // for crypto::key_from_passphrase
  Bytes encrypted;          // crypto::encrypt_secret under that key, context "person-key/<account>"
};

// A commit on a branch of drafts.git. `edits` apply to the branch as it stands.
struct DraftEdit {
  std::string path;
  std::optional<Bytes> content;  // nothing: removed
};

// What `decide` sees: the state before the act, and the numbers the act will carry.
struct Now {
  const Snapshot& evidence;  // main as it stands
  std::uint64_t log_index;   // of this act's log entry
  std::string act;           // ULID
  Instant at;
  // The tip of a draft branch ("ISMS-01-002"), or an empty snapshot.
  std::function<Snapshot(const std::string& branch)> draft;
  // Names of the draft branches that begin so: draft_branches("ISMS-01-002/").
  std::function<std::vector<std::string>(const std::string& prefix)> draft_branches;
  // What accounts.db holds of that account, as the act before this one left it; Store::password shows durable acts alone.
  std::function<std::optional<std::string>(const std::string& account)> password;
  // The log entry of a step of the clock that nobody has acknowledged yet; this act's own when the clock has just stepped.
  std::optional<std::uint64_t> clock_step;
};

// What `decide` fills in. Nothing filled in: the act is a log entry alone (a read, a refusal, a login).
class Changes {
 public:
  virtual ~Changes() = default;
  virtual void put(const std::string& path, std::string_view content) = 0;  // evidence.git, main
  virtual void remove(const std::string& path) = 0;
  // An annotated, signed tag on the act's commit: "ISMS-01-002/3.6".
  virtual void tag(const std::string& name, const std::string& message) = 0;
  // Commits to refs/heads/<branch> of drafts.git on top of what Now::draft showed. A branch is never begun anew:
  // its commits say who the authors of a revision are.
  virtual void draft(const std::string& branch, const std::vector<DraftEdit>& edits,
                     const std::string& message) = 0;
  virtual SealedRef seal(const SealRequest& request) = 0;
  virtual void file(const StagedPayload& staged) = 0;
  virtual void keep_key(const KeptKey& key) = 0;
  virtual void set_password(const std::string& account, const std::string& phc) = 0;  // accounts.db
};

struct Act {
  std::string kind;     // of the log entry: "approval", "login", "search", "refusal" …
  std::string actor;    // account, or "local" for the console, or "system"
  std::string from;     // "console", "web:<address>"
  std::string subject;  // "document ISMS-01-002 3.6"; ids only, never titles or names
  std::string outcome;  // "done", "refused:<code>", "failed:<code>"
  std::string message;  // first line of the commit message: ids only. Used when there are edits.
  std::function<void(const Now&, Changes&)> decide;  // may be empty
};

struct Receipt {
  std::string act;  // ULID
  std::uint64_t log_index = 0;
  std::optional<git::ObjectId> commit;  // of evidence.git, when there were edits
  std::optional<git::ObjectId> draft;   // of drafts.git, when there was a draft commit
  Instant at;
};

}  // namespace vermilion::store
