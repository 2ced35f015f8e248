// What a person does with his own key on his own machine, where there is no store: ask for a certificate, and sign bytes.
//
// Errors  forbidden "wrong-passphrase", invalid "bad-key", "key-certificate-mismatch", unavailable "no-token-support".
#pragma once
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "service/keys.h"

namespace vermilion::service {

struct OwnKey {
  Bytes file;          // PEM, or "" for a token
  std::string token;   // "pkcs11:…"
  std::string secret;  // passphrase or PIN
};

struct FreshRequest {
  Bytes request;        // PKCS#10, DER
  std::string key_pem;  // encrypted under the passphrase
};
// A P-256 key and the request for its certificate. Throws invalid "weak-passphrase" below 12 characters, "bad-account".
[[nodiscard]] FreshRequest make_key_and_request(const std::string& account,
                                                const std::string& passphrase);
// For a key that is there already, such as one made on a token.
[[nodiscard]] Bytes make_request_with(const OwnKey& key, const std::string& account);

// The detached CMS. `certificates` is PEM: the signer's own first, then those above it.
[[nodiscard]] Bytes sign_with(const OwnKey& key, const Bytes& certificates, const Bytes& content,
                              Instant at);

// The same with the certificates in DER, as the server gives them with what awaits a signature.
[[nodiscard]] Bytes sign_with(const OwnKey& key, const CertificatePair& certificates,
                              const Bytes& content, Instant at);

// The CMS of a signature within a PDF (crypto/pades.h). Throws conflict "no-pdf" for what is none, or has anything in its hole: a server
// does not get another signature by that name, and what is seen is what is signed.
using identity::PdfToSign;
[[nodiscard]] Bytes sign_pdf_with(const OwnKey& key, const CertificatePair& certificates,
                                  const PdfToSign& pdf);

}  // namespace vermilion::service
