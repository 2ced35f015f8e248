// Reading an index, and the checksum of packs and indexes.
#include <openssl/evp.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "base/handle.h"
#include "git/pack.h"

namespace vermilion::git {
namespace {

constexpr std::size_t kChecksum = 20;
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
  if ((index.size() - kFanoutEnd) / 28 < count) bad_index("truncated");
  std::vector<ObjectId> ids(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(ids[i].bytes.data(), index.data() + kFanoutEnd + 20 * i, 20);
  }
  if (!std::is_sorted(ids.begin(), ids.end())) bad_index("order");
  return ids;
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

}  // namespace vermilion::git
