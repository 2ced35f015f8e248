// What another authority says of one of its certificates: whether, and since when, it is revoked.
//
// Errors   invalid "bad-crl", "bad-ocsp": not about this certificate, or not signed by its issuer.
// Source   RFC 5280 section 5, RFC 6960.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/cms.h"

namespace vermilion::crypto {

struct OutsideStatus {
  std::optional<Instant> revoked;
  Instant until;  // how far what it says reaches: nextUpdate; a day where an answer names none
};

// `trust` must hold the issuer, as an anchor or between.
[[nodiscard]] OutsideStatus status_by_crl(std::string_view der, const Certificate& certificate,
                                          const Trust& trust);
[[nodiscard]] OutsideStatus status_by_ocsp(std::string_view der, const Certificate& certificate,
                                           const Trust& trust);

}  // namespace vermilion::crypto
