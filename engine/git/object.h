// Git objects as values: ids, trees, commits and tags as bytes. Knows nothing of repositories.
//
// Source   git's documented object formats; SHA-1 with collision detection comes from libgit2.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"

namespace vermilion::git {

enum class ObjectType {
  commit = 1,
  tree = 2,
  blob = 3,
  tag = 4
};  // the numbers of the pack format

struct ObjectId {
  std::array<unsigned char, 20> bytes{};
  auto operator<=>(const ObjectId&) const = default;
  [[nodiscard]] std::string hex() const;
  static std::optional<ObjectId> from_hex(std::string_view text);  // exactly 40 lower-case digits
  [[nodiscard]] bool is_zero() const noexcept;
};

struct Object {
  ObjectType type;
  Bytes data;
};

// For tables that need no order: an id is evenly spread already.
struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const noexcept {
    std::size_t hash = 0;
    std::memcpy(&hash, id.bytes.data(), sizeof hash);
    return hash;
  }
};

[[nodiscard]] ObjectId object_id(ObjectType type,
                                 std::string_view data);  // throws corrupt on a SHA-1 attack

struct Author {
  std::string name;  // no '<', '>', newline
  std::string email;
  Instant at;  // written with zone +0000
};

struct Commit {
  ObjectId tree;
  std::vector<ObjectId> parents;
  Author author;
  Author committer;
  std::string message;    // ends in a newline
  std::string signature;  // armoured SSHSIG, or ""
};

// Commit bytes. `signature` empty: the payload to be signed; else the same with the gpgsig header.
// Throws invalid ("bad-author", "bad-message", "bad-signature") for what `git fsck` would refuse.
[[nodiscard]] Bytes commit_bytes(const Commit& commit);
[[nodiscard]] Commit parse_commit(std::string_view bytes);  // throws corrupt "bad-commit"
// The bytes a signature was made over: the commit without its gpgsig header.
[[nodiscard]] Bytes signed_payload(std::string_view commit_or_tag_bytes);

struct Tag {
  ObjectId object;
  std::string name;
  Author tagger;
  std::string message;    // ends in a newline
  std::string signature;  // appended to the message
};
// Throws invalid as commit_bytes, "bad-tag-name", and "bad-message" for a message that holds a
// signature's first line.
[[nodiscard]] Bytes tag_bytes(const Tag& tag);
[[nodiscard]] Tag parse_tag(
    std::string_view bytes);  // throws corrupt "bad-tag"; only tags of commits

struct TreeEntry {
  std::string name;
  ObjectId id;
  bool directory = false;
  std::uint32_t mode = 0;  // as read (0100755 …); 0 writes a plain file, or a directory
};
[[nodiscard]] Bytes tree_bytes(const std::vector<TreeEntry>& entries);  // sorted as git does
// Throws corrupt "bad-tree" for anything that tree_bytes would not write for these entries.
[[nodiscard]] std::vector<TreeEntry> parse_tree(std::string_view bytes);

}  // namespace vermilion::git
