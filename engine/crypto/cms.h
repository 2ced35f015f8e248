// Detached CMS signatures (.p7s), CAdES-BES, checked by stock
//   openssl cms -verify -binary -inform DER -in X.p7s -content X.json -CAfile root.pem -attime T
//
// Shape    DER SignedData without content; signer certificate and intermediates inside; signed attributes
//          contentType, messageDigest, signingTime, signing-certificate-v2. SHA-256 (P-384: SHA-384).
// Errors   verify returns a verdict; it throws only invalid ("bad-cms") for bytes that are no detached CMS of
//          exactly one signer. Sign throws invalid: "key-not-for-cms" (Ed25519), "key-certificate-mismatch".
// Strict   Good needs more than stock openssl does: signing-certificate-v2, SHA-2, 112 bits of strength.
// Source   RFC 5652, RFC 5035, ETSI EN 319 122-1, architecture invariant 3.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/certificate.h"

namespace vermilion::crypto {

[[nodiscard]] Bytes sign_detached(std::string_view content, const PrivateKey& key, const Certificate& certificate,
                                  const std::vector<Certificate>& intermediates, Instant at);

enum class CmsVerdict {
  good,
  content_changed,   // the digest differs: other bytes were signed
  signature_bad,     // the digest agrees, the signature does not
  chain_untrusted,   // no chain to the root given, or a certificate not fit for its purpose
  certificate_expired_or_not_yet  // outside its validity at `at`
};

// Whom a signature is traced to. `intermediates` help to build the path, as those inside the CMS do.
struct Trust {
  std::vector<Certificate> anchors;
  std::vector<Certificate> intermediates = {};
};

struct CmsResult {
  CmsVerdict verdict;
  std::optional<Certificate> signer;    // also when the verdict is not good, if it is in the bytes
  std::optional<Instant> signing_time;  // as claimed
};

// Verifies one detached signature at the instant `at` with `root` as the only trust anchor.
[[nodiscard]] CmsResult verify_detached(std::string_view cms, std::string_view content, const Certificate& root,
                                        Instant at);

[[nodiscard]] CmsResult verify_detached(std::string_view cms, std::string_view content, const Trust& trust, Instant at);

// The certificate in the CMS that its signer names, if there is one; unverified.
[[nodiscard]] std::optional<Certificate> signer_of(std::string_view cms);
// The bytes of the signature itself, for a time stamp over them. Throws invalid "bad-cms".
[[nodiscard]] Bytes signature_value(std::string_view cms);

// Whether this certificate, at that instant, leads to an anchor and may sign (keyUsage, EKU): what is asked of one that is
// brought along, before it is believed. Without `at` validity in time is left aside.
[[nodiscard]] bool chains_to(const Certificate& certificate, const Trust& trust, std::optional<Instant> at);
// Whether keyUsage and extended key usage let it sign: digitalSignature or nonRepudiation, and emailProtection or none.
[[nodiscard]] bool may_sign(const Certificate& certificate);

}  // namespace vermilion::crypto
