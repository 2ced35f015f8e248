// The certificate of the organisation's seal: what makes the store's sealing key tell on a PDF whose it is.
//
// Idea     Issued by the store's own issuer in a signed statement, as every certificate is (architecture invariant 3). The key is the
//          store's; who holds certificate.issue vouches for it. It is valid as long as its issuer: the key has no shorter life either.
// Shape    seal/<sha256>.pem with <sha256>.statement.json and .p7s beside it.
// Errors   conflict "seal-exists".
// Source   docs-src/adr/0019-the-seal.md.
#pragma once
#include <optional>
#include <vector>

#include "identity/signing.h"

namespace vermilion::identity {

inline constexpr const char* kSealFolder = "seal";

[[nodiscard]] std::vector<crypto::Certificate> seal_certificates(const store::Snapshot& evidence);
// What a seal made at that time is made with; nothing when there is none, or it has expired.
[[nodiscard]] std::optional<crypto::Certificate> seal_certificate(const store::Snapshot& evidence,
                                                                  Instant at);

struct PreparedSeal {
  crypto::Certificate certificate;
  Prepared prepared;
};
// `key` is the store's sealing key.
[[nodiscard]] PreparedSeal prepare_seal(store::Store& store, const crypto::PublicKey& key,
                                        const model::SignerFields& signer, const store::Act& act);

}  // namespace vermilion::identity
