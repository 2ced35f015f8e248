// What keeps a signed PDF checkable when its certificates have expired: put in before it is signed, looked at when it is checked.
//
// Idea     The signer's certificate (the seal's or a person's), its issuer and root, the authorities for time stamps and the lists of
//          both are known before the signature is made. They go into the very revision that it signs: nobody can exchange them.
// List     The issuer's as filed, made anew when it is a day old (certificates.h).
// Anchors  The store's root and issuer, and the authorities of `timestamp.ca`. The root's key leaves the store at init, so there is no
//          list by the root; a level is told with the issuer as an anchor.
// Source   ETSI EN 319 142-1 5.4 and 6; docs-src/adr/0022-long-term-validation.md.
#pragma once
#include "crypto/cms.h"
#include "crypto/crl.h"
#include "render/signatures.h"
#include "render/validation_data.h"
#include "service/context.h"

namespace vermilion::service {

// For a PDF that this certificate is about to sign: the seal's, or a person's. `subject` is the log's.
[[nodiscard]] render::ValidationData validation_data(Context& context,
                                                     const crypto::Certificate& own,
                                                     const std::string& subject);
// The same of a person whose certificate may be another authority's: that one's, and its lists as they were brought along, up to
// 1 MiB each; a larger one is left out, and the signature told as B-T.
[[nodiscard]] render::ValidationData validation_data_of(Context& context,
                                                        const std::string& account,
                                                        const crypto::Certificate& own,
                                                        const std::string& subject);

// What a PDF of any origin keeps.
struct KeptData {
  std::vector<crypto::Certificate> certificates;
  std::vector<Bytes> lists;
  std::vector<crypto::CrlTerm> terms;  // of each list
  std::size_t broken =
      0;  // entries that are no certificate, or a list that none of those known signed
};
[[nodiscard]] KeptData kept_data(Context& context, const render::ValidationData& found);

// Whether one of the lists is by the issuer of that certificate, spoke for that time or a later one, and does not name it.
[[nodiscard]] bool vouched_for(const KeptData& kept, const crypto::Certificate& certificate,
                               Instant at);

// Who stamped it: the authority of a document time stamp, or of the one inside a signature. Throws invalid "bad-cms", "bad-timestamp".
[[nodiscard]] std::optional<crypto::Certificate> stamp_signer(const render::FoundSignature& one);
// When the certificate expires by which it can be checked: its stamp's, else its signer's. Throws as stamp_signer.
[[nodiscard]] std::optional<Instant> proof_until(const render::FoundSignature& one);

}  // namespace vermilion::service
