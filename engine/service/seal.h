// The organisation's seal: a PAdES signature by the store's sealing key on every PDF that is published.
//
// Once     A PDF is sealed once. What is signed elsewhere is asked for twice, first to prepare and then to commit: in between the
//          sealed file waits in STORE/cache/seals/<sha256 of the unsealed>.pdf, 15 minutes at most.
// Without  a certificate for the seal (identity/seal.h) nothing is sealed, and the answer says so: "sealed_pdf": null.
// Stamp    Where a time-stamping authority is configured its stamp goes into the seal, as service/timestamps.h has it.
// Errors   as render/pades.h, timestamps.h, store/sealing_key.h.
// Source   architecture section 3; docs-src/adr/0019-the-seal.md, docs-src/formats/seal.md.
#pragma once
#include <memory>
#include <string>

#include "base/json.h"
#include "crypto/signer.h"
#include "service/context.h"

namespace vermilion::service {

// The name of the field that every published rendition has for it, and what stands above it.
inline constexpr const char* kSealField = "seal";
inline constexpr const char* kSealPurpose = "機關印章 Organisation seal";

// The sealed file; "" while there is no certificate for the seal. `subject` is the log's: "document ISMS-01-002 3.6".
[[nodiscard]] Bytes sealed_pdf(Context& context, const Bytes& pdf, const std::string& subject);
// It has been filed: nobody waits for it any more.
void forget_seal(Context& context, const Bytes& pdf);

// Certifies the seal; the caller's statement stands beside the certificate. Where the certificate of its key was revoked, for a fresh
// key.
[[nodiscard]] Json issue_seal(Context& context);
// Takes the certificate in use back: no PDF is sealed until another one is issued.
[[nodiscard]] Json revoke_seal(Context& context, const std::string& reason);
// The same for a store that is being made, by its founder.
void issue_first_seal(store::Store& store, Disk& disk, crypto::Signer& founder,
                      const model::SignerFields& signer);

}  // namespace vermilion::service
