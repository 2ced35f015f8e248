// Asymmetric keys: P-256 (persons, store, authorities), P-384 and RSA from 3072 bits (accepted),
// Ed25519 (the log only).
//
// Threads  Values that share an immutable key; any thread.
// Errors   Reading throws invalid ("bad-key") for what is not a key and forbidden ("wrong-passphrase") when
//          an encrypted key does not open.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

struct evp_pkey_st;

namespace vermilion::crypto {

class PublicKey {
 public:
  static PublicKey from_spki(std::string_view der);  // SubjectPublicKeyInfo
  static PublicKey from_raw_ed25519(std::string_view raw);  // 32 bytes
  [[nodiscard]] Bytes spki() const;
  [[nodiscard]] bool is_ed25519() const;
  [[nodiscard]] Bytes raw_ed25519() const;  // 32 bytes
  // Ed25519: over the message. ECDSA and RSA: over SHA-256 (P-384: SHA-384) of the message, DER signature.
  [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;
  [[nodiscard]] evp_pkey_st* native() const noexcept { return key_.get(); }

  explicit PublicKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}

 private:
  std::shared_ptr<evp_pkey_st> key_;
};

// Whether it is of a kind and strength we accept; everything that is read here is, a certificate's key may not be.
[[nodiscard]] bool is_accepted_key(const PublicKey& key);

class PrivateKey {
 public:
  static PrivateKey generate_p256();
  static PrivateKey generate_ed25519();
  static PrivateKey from_der(std::string_view pkcs8);
  // Encrypted (PKCS#8, "ENCRYPTED PRIVATE KEY") or plain PEM; an empty passphrase reads plain PEM only.
  static PrivateKey from_pem(std::string_view pem, std::string_view passphrase);

  [[nodiscard]] Bytes der() const;  // plain PKCS#8: encrypt it before it is written anywhere
  // AES-256-CBC, PBKDF2; throws invalid ("empty-passphrase").
  [[nodiscard]] std::string pem(std::string_view passphrase) const;
  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] Bytes sign(std::string_view message) const;  // see PublicKey::verifies
  [[nodiscard]] evp_pkey_st* native() const noexcept { return key_.get(); }

  explicit PrivateKey(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}

 private:
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace vermilion::crypto
