#include "crypto/key.h"

#include <array>
#include <cstring>

#include "base/error.h"
#include "crypto/openssl.h"
#include "crypto/random.h"

namespace vermilion::crypto {
namespace {

constexpr std::size_t kEd25519Size = 32;
constexpr int kLeastRsaBits = 3072;
constexpr int kMostRsaBits = 16384;  // OpenSSL's own limit for verifying
// OWASP's 2023 number for PBKDF2-HMAC-SHA256; about 0.2 s.
constexpr int kPemIterations = 600'000;

std::string_view curve_of(const EVP_PKEY* key, std::array<char, 64>& space) {
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, space.data(), space.size(), &size) != 1) return {};
  return {space.data(), size};
}

bool is_accepted(const EVP_PKEY* key) {
  std::array<char, 64> space{};
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_ED25519:
      return true;
    case EVP_PKEY_RSA:
      return EVP_PKEY_get_bits(key) >= kLeastRsaBits && EVP_PKEY_get_bits(key) <= kMostRsaBits;
    case EVP_PKEY_EC:
      return curve_of(key, space) == SN_X9_62_prime256v1 || curve_of(key, space) == SN_secp384r1;
    default:
      return false;
  }
}

[[noreturn]] void bad_key() {
  throw Error(
      Failure::invalid, "bad-key",
      {"這不是可用的金鑰；請提供 P-256、P-384、Ed25519 或 3072 位元以上 RSA 的金鑰",
       "this is no usable key; give a P-256, P-384, Ed25519 or RSA key of 3072 bits or more"});
}

std::shared_ptr<EVP_PKEY> accepted(Pkey key) {
  if (!key || !is_accepted(key.get())) bad_key();
  return {key.release(), EVP_PKEY_free};
}

// What PEM reading asks for and learns: whether a passphrase was needed at all.
struct Asked {
  std::string_view passphrase;
  bool was_asked = false;
};

int give_passphrase(char* space, int size, int /*writing*/, void* data) {
  auto& asked = *static_cast<Asked*>(data);
  asked.was_asked = true;
  if (asked.passphrase.empty() || asked.passphrase.size() > static_cast<std::size_t>(size))
    return -1;
  std::memcpy(space, asked.passphrase.data(), asked.passphrase.size());
  return static_cast<int>(asked.passphrase.size());
}

Pkcs8 pkcs8_of(EVP_PKEY* key) { return Pkcs8(check(EVP_PKEY2PKCS8(key), "encoding a key")); }

DigestContext digest_context() { return DigestContext(check(EVP_MD_CTX_new(), "making a digest")); }

}  // namespace

const EVP_MD* digest_of(const EVP_PKEY* key) {
  std::array<char, 64> space{};
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) return nullptr;
  return curve_of(key, space) == SN_secp384r1 ? algorithms().sha384 : algorithms().sha256;
}

PublicKey PublicKey::from_spki(std::string_view der) {
  const QuietErrors quiet;
  return PublicKey(accepted(from_der_bytes<Pkey>(der, d2i_PUBKEY)));
}

PublicKey PublicKey::from_raw_ed25519(std::string_view raw) {
  const QuietErrors quiet;
  return PublicKey(accepted(
      Pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(raw), raw.size()))));
}

Bytes PublicKey::spki() const { return der_of(key_.get(), i2d_PUBKEY); }

bool PublicKey::is_ed25519() const { return EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_ED25519; }

Bytes PublicKey::raw_ed25519() const {
  VERMILION_ASSERT(is_ed25519());
  Bytes raw(kEd25519Size, '\0');
  std::size_t size = raw.size();
  check(EVP_PKEY_get_raw_public_key(key_.get(), octets(raw), &size), "reading an Ed25519 key");
  return raw;
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
  const QuietErrors quiet;
  const auto context = digest_context();
  check(EVP_DigestVerifyInit(context.get(), nullptr, digest_of(key_.get()), nullptr, key_.get()),
        "starting a verification");
  return EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                          message.size()) == 1;
}

bool is_accepted_key(const PublicKey& key) { return is_accepted(key.native()); }

PrivateKey PrivateKey::generate_p256() {
  return PrivateKey(accepted(Pkey(check(EVP_EC_gen(SN_X9_62_prime256v1), "making a P-256 key"))));
}

PrivateKey PrivateKey::generate_ed25519() {
  return PrivateKey(accepted(
      Pkey(check(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), "making an Ed25519 key"))));
}

PrivateKey PrivateKey::from_der(std::string_view pkcs8) {
  const QuietErrors quiet;
  const auto info = from_der_bytes<Pkcs8>(pkcs8, d2i_PKCS8_PRIV_KEY_INFO);
  if (!info) bad_key();
  return PrivateKey(accepted(Pkey(EVP_PKCS82PKEY(info.get()))));
}

PrivateKey PrivateKey::from_pem(std::string_view pem, std::string_view passphrase) {
  const QuietErrors quiet;
  Asked asked{passphrase};
  const auto source = reader(pem);
  Pkey key(PEM_read_bio_PrivateKey(source.get(), nullptr, give_passphrase, &asked));
  if (!key && asked.was_asked) {
    throw Error(Failure::forbidden, "wrong-passphrase",
                {"通行碼不符，金鑰未打開；請重新輸入",
                 "the passphrase does not open the key; enter it again"});
  }
  return PrivateKey(accepted(std::move(key)));
}

Bytes PrivateKey::der() const {
  return der_of(pkcs8_of(key_.get()).get(), i2d_PKCS8_PRIV_KEY_INFO);
}

std::string PrivateKey::pem(std::string_view passphrase) const {
  if (passphrase.empty()) {
    throw Error(Failure::invalid, "empty-passphrase",
                {"私鑰不得無通行碼存檔；請提供通行碼",
                 "a private key is not written without a passphrase; give one"});
  }
  Bytes salt = random_bytes(16);
  const auto info = pkcs8_of(key_.get());
  const EncryptedKey encrypted(check(
      PKCS8_encrypt(-1, EVP_aes_256_cbc(), passphrase.data(), static_cast<int>(passphrase.size()),
                    octets(salt), static_cast<int>(salt.size()), kPemIterations, info.get()),
      "encrypting a key"));
  const auto out = memory();
  check(PEM_write_bio_PKCS8(out.get(), encrypted.get()), "writing a key");
  return contents(out.get());
}

PublicKey PrivateKey::public_key() const {
  return PublicKey::from_spki(der_of(key_.get(), i2d_PUBKEY));
}

Bytes PrivateKey::sign(std::string_view message) const {
  const auto context = digest_context();
  check(EVP_DigestSignInit(context.get(), nullptr, digest_of(key_.get()), nullptr, key_.get()),
        "starting a signature");
  std::size_t size = 0;
  check(EVP_DigestSign(context.get(), nullptr, &size, octets(message), message.size()), "signing");
  Bytes signature(size, '\0');
  check(EVP_DigestSign(context.get(), octets(signature), &size, octets(message), message.size()),
        "signing");
  signature.resize(size);
  return signature;
}

}  // namespace vermilion::crypto
