// Certificate revocation lists of the store's own issuer, for who checks with stock openssl.
//
// Shape    DER, version 2: issuer, thisUpdate, nextUpdate, cRLNumber, authorityKeyIdentifier; each entry serial number,
//          revocationDate and reasonCode (none for "unspecified").
// Errors   Reading throws invalid "bad-crl"; an unknown reason is invalid "bad-reason".
// Source   RFC 5280 section 5.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/certificate.h"

namespace vermilion::crypto {

// "unspecified", "key-compromise", "affiliation-changed", "superseded", "cessation"
void require_revocation_reason(const std::string& reason);

struct RevokedCertificate {
  std::string serial;  // hex, as Certificate::serial()
  Instant at;
  std::string reason;
  bool operator==(const RevokedCertificate&) const = default;
};

struct Crl {
  std::uint64_t number = 0;  // grows with each list
  Instant made;
  Instant next;
  std::vector<RevokedCertificate> revoked;  // by serial number
};

[[nodiscard]] Bytes make_crl(const Crl& crl, const PrivateKey& issuer_key,
                             const Certificate& issuer);
// Throws invalid "bad-crl" as well when the issuer did not sign it.
[[nodiscard]] Crl read_crl(std::string_view der, const Certificate& issuer);
// Who of these signed it, and for when it speaks; nothing for what is no list, or signed by none of them. Of any origin.
struct CrlTerm {
  Certificate issuer;
  Instant made;
  std::optional<Instant> next;
};
[[nodiscard]] std::optional<CrlTerm> find_crl_term(std::string_view der,
                                                   const std::vector<Certificate>& issuers);
[[nodiscard]] std::string crl_pem(std::string_view der);
// Every list in a file of PEM or one of DER, as DER. Throws invalid "bad-crl" when there is none.
[[nodiscard]] std::vector<Bytes> crls_in(std::string_view file);

}  // namespace vermilion::crypto
