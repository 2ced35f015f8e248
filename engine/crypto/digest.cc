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
