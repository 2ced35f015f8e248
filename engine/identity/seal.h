// The certificate of the organisation's seal: what makes the store's sealing key tell on a PDF whose it is.
//
// Idea     Issued by the store's own issuer in a signed statement, as every certificate is (architecture invariant 3). The key is the
//          store's; who holds certificate.issue vouches for it. It is valid as long as its issuer: the key has no shorter life either.
// Revoked  by a signed statement (kind withdrawal, subject seal), from its second on. The list is made anew in the same act. A key whose
//          certificate was revoked is not certified again: the next one is for a key of the seal's own.
// Shape    seal/<sha256>.pem with <sha256>.statement.json and .p7s beside it; <sha256>.revocation.statement.json with its .p7s.
// Errors   conflict "seal-exists", "no-seal"; invalid "bad-reason".
// Source   docs-src/adr/0019-the-seal.md, 0022-long-term-validation.md.
#pragma once
#include <optional>
#include <vector>

#include "crypto/crl.h"
#include "identity/signing.h"

namespace vermilion::identity {

inline constexpr const char* kSealFolder = "seal";

[[nodiscard]] std::vector<crypto::Certificate> seal_certificates(const store::Snapshot& evidence);
// What a seal made at that time is made with; nothing when there is none, or it has expired or was revoked.
[[nodiscard]] std::optional<crypto::Certificate> seal_certificate(const store::Snapshot& evidence,
                                                                  Instant at);

// Since when, and why, that certificate of the seal is revoked.
[[nodiscard]] std::optional<crypto::RevokedCertificate> seal_revocation(
    const store::Snapshot& evidence, const std::string& sha256);
// Whether a certificate for that key was revoked.
[[nodiscard]] bool is_spent(const store::Snapshot& evidence, const crypto::PublicKey& key);

struct PreparedSeal {
  crypto::Certificate certificate;
  Prepared prepared;
};
// `keep`, if any, says how a fresh key is kept for its certificate (store/sealing_key.h).
using KeepSealKey = std::function<store::KeptKey(const std::string& certificate)>;
[[nodiscard]] PreparedSeal prepare_seal(store::Store& store, const crypto::PublicKey& key,
                                        const KeepSealKey& keep, const model::SignerFields& signer,
                                        const store::Act& act);
// Of the certificate that the seal is made with now.
[[nodiscard]] Prepared prepare_seal_revocation(store::Store& store, const std::string& reason,
                                               const model::SignerFields& signer,
                                               const store::Act& act);

}  // namespace vermilion::identity
