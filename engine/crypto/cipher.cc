#include "crypto/cipher.h"

#include <climits>

#include "base/error.h"
#include "crypto/sealing.h"

namespace vermilion::crypto {

Gcm::Gcm(std::string_view key)
    : key_(key), context_(check(EVP_CIPHER_CTX_new(), "making a cipher")) {
  VERMILION_ASSERT(key.size() == kKeySize);
}

void Gcm::start(int encrypt, std::string_view nonce, std::string_view associated) {
  VERMILION_ASSERT(nonce.size() == kNonceSize);
  check(EVP_CipherInit_ex(context_.get(), algorithms().aes_256_gcm, nullptr, octets(key_), octets(nonce),
                          encrypt),
        "starting AES-GCM");
  update(nullptr, associated);
}

int Gcm::update(unsigned char* out, std::string_view in) {
  VERMILION_ASSERT(in.size() <= static_cast<std::size_t>(INT_MAX));
  int written = 0;
  check(EVP_CipherUpdate(context_.get(), out, &written, octets(in), static_cast<int>(in.size())),
        "running AES-GCM");
  return written;
}

void Gcm::seal(std::string_view nonce, std::string_view associated, std::string_view plain,
               Bytes& out) {
  start(1, nonce, associated);
  const auto before = out.size();
  out.resize(before + plain.size() + kTagSize);
  unsigned char* at = octets(out) + before;
  if (!plain.empty()) update(at, plain);
  unsigned char* tag = at + plain.size();
  int rest = 0;
  check(EVP_CipherFinal_ex(context_.get(), tag, &rest), "finishing AES-GCM");
  check(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, tag),
        "reading the tag");
}

bool Gcm::open(std::string_view nonce, std::string_view associated, std::string_view sealed,
               Bytes& out) {
  if (sealed.size() < kTagSize) return false;
  const QuietErrors quiet;
  const auto cipher = sealed.substr(0, sealed.size() - kTagSize);
  Bytes tag(sealed.substr(cipher.size()));
  start(0, nonce, associated);
  const auto before = out.size();
  out.resize(before + cipher.size());
  unsigned char* at = octets(out) + before;
  if (!cipher.empty()) update(at, cipher);
  check(EVP_CIPHER_CTX_ctrl(context_.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()),
        "setting the tag");
  int rest = 0;
  Bytes none(kTagSize, '\0');
  const bool good = EVP_CipherFinal_ex(context_.get(), octets(none), &rest) == 1;
  if (!good) {
    OPENSSL_cleanse(at, cipher.size());
    out.resize(before);
  }
  return good;
}

}  // namespace vermilion::crypto
