// Reading an index, and the checksum of packs and indexes.
#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/handle.h"
#include "git/pack.h"
#include "git/pack_bytes.h"

namespace vermilion::git {
namespace {

constexpr std::size_t kFanoutEnd = 8 + 256 * 4;

[[noreturn]] void bad_index(const std::string& what) {
  throw Error(Failure::corrupt, "bad-index",
              {"Git 包裝檔的索引不正確，請以備份還原（" + what + "）",
               "the index of a Git pack is wrong; restore it from a backup (" + what + ")"});
}

std::uint32_t get32(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = at; i < at + 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

std::vector<ObjectId> listed_ids(std::string_view index) {
  const std::size_t count = get32(index, kFanoutEnd - 4);
  if ((index.size() - kFanoutEnd - 2 * kChecksum) / 28 < count) bad_index("truncated");
  std::vector<ObjectId> ids(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(ids[i].bytes.data(), index.data() + kFanoutEnd + 20 * i, 20);
  }
  if (!std::is_sorted(ids.begin(), ids.end())) bad_index("order");
  return ids;
}

// Offsets with the top bit set name a place in a table of 8 bytes each behind the others.
std::uint64_t offset_at(std::string_view index, std::size_t count, std::size_t i) {
  constexpr std::uint32_t kLargeBit = 1U << 31;
  const auto large = kFanoutEnd + 28 * count;
  const auto value = get32(index, kFanoutEnd + 24 * count + 4 * i);
  if ((value & kLargeBit) == 0) return value;
  const auto at = large + 8 * std::size_t{value ^ kLargeBit};
  if (at + 8 > index.size() - 2 * kChecksum) bad_index("offset");
  return std::uint64_t{get32(index, at)} << 32 | get32(index, at + 4);
}

void require_ok(int code) {
  if (code == 1) return;
  throw Error(Failure::unavailable, "openssl",
              {"OpenSSL 無法計算摘要，請檢查安裝",
               "OpenSSL cannot compute a digest; check its installation"});
}

}  // namespace

struct Sha1::State {
  Handle<EVP_MD_CTX, EVP_MD_CTX_free> context{EVP_MD_CTX_new()};
};

Sha1::Sha1() : state_(std::make_unique<State>()) {
  require_ok(EVP_DigestInit_ex(state_->context.get(), EVP_sha1(), nullptr));
}

Sha1::~Sha1() = default;

void Sha1::add(std::string_view bytes) {
  require_ok(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

Bytes Sha1::finish() {
  Bytes digest(kChecksum, '\0');
  require_ok(EVP_DigestFinal_ex(state_->context.get(),
                                reinterpret_cast<unsigned char*>(digest.data()), nullptr));
  return digest;
}

IndexContent parse_index(std::string_view index) {
  if (index.size() < kFanoutEnd + 2 * kChecksum ||
      !index.starts_with(std::string_view("\377tOc\0\0\0\2", 8))) {
    bad_index("not an index of version 2");
  }
  const auto body = index.substr(0, index.size() - kChecksum);
  Sha1 sha1;
  sha1.add(body);
  if (sha1.finish() != index.substr(body.size())) bad_index("checksum");
  return {listed_ids(index), Bytes(body.substr(body.size() - kChecksum))};
}

std::vector<PackEntry> index_entries(std::string_view index) {
  const auto ids = parse_index(index).ids;
  std::vector<PackEntry> entries(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    entries[i] = {ids[i], offset_at(index, ids.size(), i),
                  get32(index, kFanoutEnd + 20 * ids.size() + 4 * i)};
  }
  return entries;
}

}  // namespace vermilion::git
