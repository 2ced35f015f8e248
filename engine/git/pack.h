// Packs as bytes: what git's pack-format documentation calls PACK version 2 and index version 2.
//
// Shape    Objects whole (no deltas), deflated at level 1, in the order commits, tags, trees, blobs
// and by id within each: the
//          same set gives the same bytes. Name = SHA-1 over the sorted ids, so the same set has the
//          same name.
// Source   git's Documentation/gitformat-pack; docs-src/formats/git.md.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
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

// What a .keep file of ours holds.
constexpr std::string_view kKeepNote = "vermilion\n";

// Where an object lies in its pack, and the CRC-32 of the bytes that lie there.
struct PackEntry {
  ObjectId id;
  std::uint64_t offset = 0;
  std::uint32_t crc = 0;
};
// The index of a pack that holds these objects, in any order, and ends in that checksum.
[[nodiscard]] Bytes make_index(std::vector<PackEntry> entries, std::string_view pack_checksum);
[[nodiscard]] std::uint32_t crc_of(std::string_view bytes, std::uint32_t before = 0);

// The ids an index lists and the checksum of its pack, after checking its shape and its own
// checksum.
struct IndexContent {
  std::vector<ObjectId> ids;
  Bytes pack_checksum;
};
// Throws corrupt ("bad-index") saying what is wrong.
[[nodiscard]] IndexContent parse_index(std::string_view index);
// The same with places and checksums of the objects, in the order of their ids.
[[nodiscard]] std::vector<PackEntry> index_entries(std::string_view index);

}  // namespace vermilion::git
