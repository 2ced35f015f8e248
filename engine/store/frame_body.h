// What one frame carries: everything a fold needs, so that a replay needs nothing else.
//
// Shape    CBOR (RFC 8949) map, keys as in encode(): act, at, objects and refs of both
//          repositories, payloads with the place each will lie at, wrapped keys, kept keys,
//          passwords, log entry and its index. Ids and bytes are CBOR byte strings. Numbers that
//          matter (places, index, parent refs) were settled under the writer's lock, so that
//          folding twice writes the same bytes at the same places.
// Errors   decode_body throws corrupt ("frame-broken") when a member is missing or of the wrong
//          type.
// Source   architecture section 2 "Writing"; docs-src/formats/store.md.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "git/object.h"
#include "store/act.h"
#include "store/payloads.h"

namespace vermilion::store {

struct RefMove {
  std::string name;  // "refs/heads/main"
  std::optional<git::ObjectId> expected;
  git::ObjectId target;
};

enum class Repo { evidence, drafts };

struct RepositoryPart {
  std::map<git::ObjectId, git::Object> objects;
  std::vector<RefMove> refs;
};

struct NewPayload {
  PayloadPlace place;
  Bytes ciphertext;  // empty when it lies in a file of its own, durable already
};

struct WrappedKey {
  std::string payload;  // ULID
  std::string kek;      // "people-2026-1"
  Bytes wrapped;        // 40 bytes
};

struct PasswordRow {
  std::string account;
  std::string phc;
};

struct FrameBody {
  std::string act;
  Instant at;
  RepositoryPart evidence;
  RepositoryPart drafts;
  std::vector<NewPayload> payloads;
  std::vector<WrappedKey> wrapped_keys;
  std::vector<KeptKey> kept_keys;
  std::vector<PasswordRow> passwords;
  std::uint64_t log_index = 0;
  Bytes log_entry;

  [[nodiscard]] const RepositoryPart& part(Repo repo) const {
    return repo == Repo::evidence ? evidence : drafts;
  }
};

struct FrameMark {
  std::uint64_t number = 0;  // 0: none yet
  Bytes digest;
};

// A frame that is durable in the journal, or about to be, and not folded yet.
struct PendingFrame {
  FrameMark mark;  // its digest once it is durable
  std::shared_ptr<const FrameBody> body;
};

[[nodiscard]] Bytes encode_body(const FrameBody& body);
[[nodiscard]] FrameBody decode_body(const Bytes& bytes);

}  // namespace vermilion::store
