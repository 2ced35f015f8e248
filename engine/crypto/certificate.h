// X.509 certificates: the store's own root and issuer, and those of persons.
//
// Shape    Root: self-signed CA, path length 1, keyCertSign + cRLSign. Issuer: CA, path length 0. Person:
//          digitalSignature + nonRepudiation (both critical), EKU emailProtection, subject CN = name,
//          serialNumber attribute = account; no EKU beyond that, so `openssl cms -verify` takes it as it is.
//          Serial numbers are 16 random bytes.
// Units    Validity in seconds UTC. OpenSSL, and so every verdict here, already takes the last second
//          itself as expired.
// Text     A name has 1 to 64 characters, an account only those of a PrintableString; else invalid
//          ("bad-certificate-name").
// Source   RFC 5280, architecture invariant 3.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "crypto/key.h"

struct x509_st;

namespace vermilion::crypto {

class Certificate {
 public:
  static Certificate from_der(std::string_view der);  // throws invalid "bad-certificate"
  static Certificate from_pem(std::string_view pem);
  [[nodiscard]] Bytes der() const;
  [[nodiscard]] std::string pem() const;
  [[nodiscard]] std::string sha256() const;         // 64 hex digits over the DER: how statements and the log name it
  [[nodiscard]] std::string serial() const;         // hex
  [[nodiscard]] std::string common_name() const;    // UTF-8
  [[nodiscard]] std::string account() const;        // the serialNumber attribute of the subject, or ""
  [[nodiscard]] Instant not_before() const;
  [[nodiscard]] Instant not_after() const;
  [[nodiscard]] PublicKey public_key() const;
  [[nodiscard]] bool is_authority() const;  // basicConstraints CA
  [[nodiscard]] x509_st* native() const noexcept { return certificate_.get(); }

  explicit Certificate(std::shared_ptr<x509_st> certificate) : certificate_(std::move(certificate)) {}

 private:
  std::shared_ptr<x509_st> certificate_;
};

// Every certificate in a file of PEM, in its order, or the one of a file of DER. Throws invalid "bad-certificate" for none.
[[nodiscard]] std::vector<Certificate> certificates_in(std::string_view file);

// Throws invalid ("key-certificate-mismatch") unless the key is the certificate's.
void require_pair(const PrivateKey& key, const Certificate& certificate);

struct Validity {
  Instant from;
  Instant to;
};

// `name` is the store's, such as "環境保護署 文件紀錄管理"; it becomes CN "<name> 根憑證" / "<name> 簽發憑證".
[[nodiscard]] Certificate make_root(const PrivateKey& key, const std::string& name, Validity validity);
[[nodiscard]] Certificate make_issuer(const PublicKey& key, const std::string& name, Validity validity,
                                      const PrivateKey& root_key, const Certificate& root);

// Proof of possession: a PKCS#10 request signed by the person's own key. request_key throws invalid
// ("request-unproved") unless its signature verifies. request_account is whom it names, as Certificate::account().
[[nodiscard]] Bytes make_request(const PrivateKey& key, const std::string& account, const std::string& name);
[[nodiscard]] PublicKey request_key(std::string_view request_der);
[[nodiscard]] std::string request_account(std::string_view request_der);

// Self-signed, keyAgreement and keyEncipherment only: what recovery copies are encrypted to. CN "<name> 復原憑證".
[[nodiscard]] Certificate make_recovery(const PrivateKey& key, const std::string& name, Validity validity);

[[nodiscard]] Certificate issue_person(const PublicKey& key, const std::string& account,
                                       const std::string& name, Validity validity,
                                       const PrivateKey& issuer_key, const Certificate& issuer);

// The organisation's own, for what the store seals by itself: CN "<name> 機關印章"; fit for the same as a person's.
[[nodiscard]] Certificate issue_seal(const PublicKey& key, const std::string& name,
                                     Validity validity, const PrivateKey& issuer_key,
                                     const Certificate& issuer);

}  // namespace vermilion::crypto
