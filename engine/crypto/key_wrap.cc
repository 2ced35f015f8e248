#include "base/error.h"
#include "crypto/cipher.h"
#include "crypto/random.h"
#include "crypto/sealing.h"

namespace vermilion::crypto {
namespace {

constexpr std::size_t kWrappedSize = kKeySize + 8;

CipherContext wrap_context(std::string_view wrapping_key, int encrypt) {
  VERMILION_ASSERT(wrapping_key.size() == kKeySize);
  CipherContext context(check(EVP_CIPHER_CTX_new(), "making a cipher"));
  EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
  check(EVP_CipherInit_ex(context.get(), algorithms().aes_256_wrap, nullptr, octets(wrapping_key), nullptr,
                          encrypt),
        "starting the key wrap");
  return context;
}

[[noreturn]] void key_broken() {
  throw Error(
      Failure::corrupt, "key-broken",
      {"包裝的金鑰無法以此金鑰打開：可能已損壞，或屬於別的金鑰世代；請由備份還原金鑰庫",
       "the wrapped key does not open under this key: it is damaged or of another generation; "
       "restore the vault from a backup"});
}

}  // namespace

Bytes wrap_key(std::string_view wrapping_key, std::string_view key) {
  VERMILION_ASSERT(key.size() == kKeySize);
  const auto context = wrap_context(wrapping_key, 1);
  Bytes wrapped(kWrappedSize, '\0');
  int written = 0;
  check(EVP_CipherUpdate(context.get(), octets(wrapped), &written, octets(key), kKeySize),
        "wrapping a key");
  VERMILION_ASSERT(written == kWrappedSize);
  return wrapped;
}

Bytes unwrap_key(std::string_view wrapping_key, std::string_view wrapped) {
  const QuietErrors quiet;
  if (wrapped.size() != kWrappedSize) key_broken();
  const auto context = wrap_context(wrapping_key, 0);
  Bytes key(kWrappedSize, '\0');
  int written = 0;
  if (EVP_CipherUpdate(context.get(), octets(key), &written, octets(wrapped), kWrappedSize) != 1 ||
      written != static_cast<int>(kKeySize)) {
    key_broken();
  }
  key.resize(kKeySize);
  return key;
}

Bytes encrypt_secret(std::string_view key, std::string_view context, std::string_view secret) {
  Bytes bytes = random_bytes(kNonceSize);
  const Bytes nonce = bytes;
  Gcm(key).seal(nonce, context, secret, bytes);
  return bytes;
}

Bytes decrypt_secret(std::string_view key, std::string_view context, std::string_view bytes) {
  Bytes secret;
  if (bytes.size() < kNonceSize ||
      !Gcm(key).open(bytes.substr(0, kNonceSize), context, bytes.substr(kNonceSize), secret)) {
    throw Error(
        Failure::corrupt, "secret-broken",
        {"加密的秘密無法打開：金鑰或用途不符，或內容已損壞；請確認金鑰，或由備份還原",
         "the encrypted secret does not open: another key or purpose, or damage; check the key "
         "or restore from a backup"});
  }
  return secret;
}

}  // namespace vermilion::crypto
