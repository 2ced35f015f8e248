#include "crypto/digest.h"

#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

constexpr std::size_t kDigestSize = 32;

}  // namespace

struct Sha256::State {
  DigestContext context{check(EVP_MD_CTX_new(), "making a digest")};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  check(EVP_DigestInit_ex(state_->context.get(), algorithms().sha256, nullptr), "starting a digest");
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
  check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()), "digesting");
}

Bytes Sha256::finish() {
  Bytes digest(kDigestSize, '\0');
  check(EVP_DigestFinal_ex(state_->context.get(), octets(digest), nullptr), "finishing a digest");
  return digest;
}

Bytes sha256(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.finish();
}

struct HmacSha256::State {
  MacContext context{check(EVP_MAC_CTX_dup(algorithms().hmac_sha256), "making an HMAC")};
};

HmacSha256::HmacSha256(std::string_view key) : state_(std::make_unique<State>()) {
  check(EVP_MAC_init(state_->context.get(), octets(key), key.size(), nullptr), "starting an HMAC");
}
HmacSha256::~HmacSha256() = default;

void HmacSha256::add(std::string_view text) {
  check(EVP_MAC_update(state_->context.get(), octets(text), text.size()), "computing an HMAC");
}

Bytes HmacSha256::finish() {
  Bytes code(kDigestSize, '\0');
  std::size_t size = code.size();
  check(EVP_MAC_final(state_->context.get(), octets(code), &size, code.size()),
        "finishing an HMAC");
  return code;
}

Bytes hmac_sha256(std::string_view key, std::string_view text) {
  Bytes code(kDigestSize, '\0');
  check(HMAC(algorithms().sha256, key.data(), static_cast<int>(key.size()), octets(text), text.size(),
             octets(code), nullptr),
        "computing an HMAC");
  return code;
}

std::string digest_text(std::string_view bytes) { return "sha256:" + hex(sha256(bytes)); }

bool same_bytes(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace vermilion::crypto
