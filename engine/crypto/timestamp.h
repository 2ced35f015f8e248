// Time stamps by RFC 3161: a time-stamping authority (TSA) signs that these bytes existed at its time.
//
// Shape    Query and response in DER as the RFC has them; SHA-256, a nonce of 8 random bytes, the TSA's certificate asked for.
//          What is kept is the whole response (.tsr), which `openssl ts -verify -in X.tsr -data BYTES -CAfile CA` takes.
// Errors   check_timestamp throws unavailable "timestamp-refused" (the TSA said no), "timestamp-bad" (not for these bytes, not
//          for this query, not signed by who is trusted); read_timestamp throws invalid "bad-timestamp".
// Source   RFC 3161, RFC 5816.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/certificate.h"

namespace vermilion::crypto {

[[nodiscard]] Bytes timestamp_query(std::string_view bytes);

// When the TSA saw the bytes, after its answer to `query` has been checked in every point.
[[nodiscard]] Instant check_timestamp(std::string_view response, std::string_view query,
                                      const std::vector<Certificate>& trusted);
// The same for a response that was kept, by the SHA-256 of the bytes it is said to be of; the TSA's certificate as of the stamp's
// own time.
[[nodiscard]] Instant check_kept_timestamp(std::string_view response, std::string_view sha256,
                                           const std::vector<Certificate>& trusted);
// The time it states, unverified.
[[nodiscard]] Instant read_timestamp(std::string_view response);

// The token within a response, which is what goes into a signature (pades.h); and the same of it as of a kept response.
[[nodiscard]] Bytes timestamp_token(std::string_view response);
[[nodiscard]] Instant check_timestamp_token(std::string_view token, std::string_view sha256,
                                            const std::vector<Certificate>& trusted);
[[nodiscard]] Instant read_timestamp_token(std::string_view token);
// Whose certificate signed it, if it is inside; unverified.
[[nodiscard]] std::optional<Certificate> timestamp_signer(std::string_view token);

}  // namespace vermilion::crypto
