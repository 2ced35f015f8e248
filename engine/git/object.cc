#include "git/object.h"

#include <algorithm>

#include "base/error.h"
#include "git/libgit2.h"

namespace vermilion::git {

std::string ObjectId::hex() const {
  return vermilion::hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::optional<ObjectId> ObjectId::from_hex(std::string_view text) {
  const auto raw = vermilion::from_hex(text);
  ObjectId id;
  if (!raw || raw->size() != id.bytes.size()) return std::nullopt;
  std::memcpy(id.bytes.data(), raw->data(), raw->size());
  return id;
}

bool ObjectId::is_zero() const noexcept {
  return std::all_of(bytes.begin(), bytes.end(), [](unsigned char byte) { return byte == 0; });
}

ObjectId object_id(ObjectType type, std::string_view data) {
  start_libgit2();
  git_oid oid;
  // Only a collision attack makes hashing bytes in memory fail.
  if (git_odb_hash(&oid, data.data(), data.size(), static_cast<git_object_t>(type)) < 0) {
    throw Error(
        Failure::corrupt, "sha1-attack",
        {"這份內容帶有 SHA-1 碰撞攻擊的特徵，拒絕收存；請向提供者查明來源",
         "this content carries a SHA-1 collision attack and is refused; ask where it came from"});
  }
  ObjectId id;
  std::memcpy(id.bytes.data(), oid.id, id.bytes.size());
  return id;
}

}  // namespace vermilion::git
