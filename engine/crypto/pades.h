// The CMS of a signature within a PDF (PAdES), and the time stamp inside it.
//
// Shape    Detached DER SignedData as in cms.h, but with the signed attributes contentType, messageDigest and
//          signing-certificate-v2 alone: a signing time would be a second claim beside the PDF's own /M, and PAdES forbids it.
//          A time stamp is the RFC 3161 token over the signature value, in the unsigned attribute id-aa-timeStampToken.
// Checked  by verify_detached, as any other.
// Errors   as sign_detached; invalid "bad-cms", "bad-timestamp".
// Source   ETSI EN 319 142-1 (SubFilter ETSI.CAdES.detached), RFC 5035, RFC 5126 6.1.1.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/certificate.h"

namespace vermilion::crypto {

[[nodiscard]] Bytes sign_pades(std::string_view content, const PrivateKey& key,
                               const Certificate& certificate,
                               const std::vector<Certificate>& intermediates);

// Whether the signed attributes are as PAdES has them: with a signing time it is a CMS signature and no more. Throws invalid "bad-cms".
[[nodiscard]] bool follows_pades(std::string_view cms);

// Whether it holds anything that nobody signed, beside the certificates and one time stamp: another unsigned attribute, or a list of revoked
// certificates. Whoever has the file may add those and the signature stays good. Throws invalid "bad-cms".
[[nodiscard]] bool holds_unsigned(std::string_view cms);

// The signature with the token of `response`, which was given over signature_value(cms) and has been checked.
[[nodiscard]] Bytes with_timestamp(std::string_view cms, std::string_view response);

// The time stamp inside (timestamp.h); nothing if there is none. Throws invalid "bad-cms".
[[nodiscard]] std::optional<Bytes> timestamp_inside(std::string_view cms);
// When the time stamp inside says that the signature existed, checked against `trusted`; nothing if there is none. Throws as
// check_kept_timestamp.
[[nodiscard]] std::optional<Instant> check_timestamp_inside(
    std::string_view cms, const std::vector<Certificate>& trusted);
// The time it states, unverified.
[[nodiscard]] std::optional<Instant> read_timestamp_inside(std::string_view cms);

}  // namespace vermilion::crypto
