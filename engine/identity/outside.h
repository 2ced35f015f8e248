// Certificates of other authorities, such as a national card (自然人憑證): brought along, not issued here.
//
// Idea     An administrator trusts an authority in a signed statement; a person's certificate below it is imported by a second
//          person with the holder's proof that he has the key. Its authority's word on revocation is brought along as a CRL or an
//          OCSP answer, and again later; once it was, it has to reach to the time of each signature.
// Shape    rules/trust/<sha256>.pem, an anchor, with <sha256>.statement.json and .p7s beside it.
//          people/<account>/certificates/<sha256>.chain.pem (between it and the anchor; may be empty), .proof.p7s (over
//          possession_challenge), .crl or .ocsp and .status.json {made, until, revoked, source, digest}: the last one counts.
// Errors   invalid "certificate-purpose", "weak-key", "name-differs", "certificate-untrusted", "proof-bad", "bad-crl", "bad-ocsp",
//          "not-an-authority"; conflict "certificate-exists", "already-trusted"; forbidden "certifies-self", "certificate-revoked".
// Source   電子簽章法; architecture section 3.
#pragma once
#include <optional>
#include <string>

#include "identity/enrolment.h"

namespace vermilion::identity {

[[nodiscard]] bool is_outside(const store::Snapshot& evidence, const std::string& account,
                              const std::string& sha256);
// Whom it is traced to; nothing for one of the store's own. `revoked` is as its authority says.
struct OutsideRecord {
  evidence::OutsideAuthority authority;
  std::optional<Instant> revoked;
};
[[nodiscard]] std::optional<OutsideRecord> outside_record(const store::Snapshot& evidence,
                                                          const std::string& account,
                                                          const std::string& sha256);
// The revocation lists of its authorities in DER, as they were last brought along; none where that was an OCSP answer, or nothing.
[[nodiscard]] std::vector<Bytes> outside_lists(const store::Snapshot& evidence,
                                               const std::string& account,
                                               const std::string& sha256);
// What belongs into a signature made with it, beside itself.
[[nodiscard]] std::vector<crypto::Certificate> intermediates_of(
    store::Store& store, const model::Person& person, const crypto::Certificate& certificate);

[[nodiscard]] std::vector<crypto::Certificate> trusted_authorities(const store::Snapshot& evidence);
[[nodiscard]] Prepared prepare_trust(store::Store& store, const crypto::Certificate& authority,
                                     const model::SignerFields& signer, const store::Act& act);

// The exact bytes that the holder signs to prove possession.
[[nodiscard]] Bytes possession_challenge(const std::string& store_id, const std::string& account,
                                         const std::string& sha256);

struct StatusFile {
  std::string source;  // "crl", "ocsp"
  Bytes bytes;         // as the authority gave it; PEM or DER
};
struct ImportedCertificate {
  std::string account;
  crypto::Certificate certificate;
  std::vector<crypto::Certificate> chain;
  Bytes proof;  // detached CMS over possession_challenge
  crypto::Custody custody = crypto::Custody::token;
  std::optional<StatusFile> status;
};
// `signer` is the second person, as for an issue.
[[nodiscard]] Prepared prepare_certificate_import(store::Store& store,
                                                  const ImportedCertificate& imported,
                                                  const model::SignerFields& signer,
                                                  const store::Act& act);
// Files what the authority says now; what was filed before stays in the history. Throws as prepare_certificate_import.
store::Receipt file_status(store::Store& store, const std::string& account,
                           const std::string& sha256, const StatusFile& file,
                           const store::Act& act);

// Recomputes what stands beside an imported certificate: its proof and its last status.
[[nodiscard]] bool proof_holds(store::Store& store, const std::string& account,
                               const std::string& sha256);
[[nodiscard]] bool status_holds(store::Store& store, const std::string& account,
                                const model::CertificateEntry& entry);

}  // namespace vermilion::identity
