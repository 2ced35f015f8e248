// Packs as bytes: what git's pack-format documentation calls PACK version 2 and index version 2.
//
// Shape    Objects whole (no deltas), deflated at level 1, in the order commits, tags, trees, blobs
// and by id within each: the
//          same set gives the same bytes. Name = SHA-1 over the sorted ids, so the same set has the
//          same name.
// Source   git's Documentation/gitformat-pack; docs-src/formats/git.md.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "git/object.h"

namespace vermilion::git {

struct Pack {
  std::string name;  // "pack-<40 hex digits>", no suffix
  Bytes pack;
  Bytes index;
};

[[nodiscard]] std::string pack_name(const std::map<ObjectId, Object>& objects);
[[nodiscard]] Pack make_pack(const std::map<ObjectId, Object>& objects);

// The plain SHA-1 that closes packs and indexes: a checksum, not an id.
class Sha1 {
 public:
  Sha1();
  ~Sha1();
  void add(std::string_view bytes);
  [[nodiscard]] Bytes finish();  // 20 raw bytes; the object is then spent

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The ids an index lists and the checksum of its pack, after checking its shape and its own
// checksum.
struct IndexContent {
  std::vector<ObjectId> ids;
  Bytes pack_checksum;
};
// Throws corrupt ("bad-index") saying what is wrong.
[[nodiscard]] IndexContent parse_index(std::string_view index);

}  // namespace vermilion::git
