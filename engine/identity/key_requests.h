// A key that its holder keeps himself asks for a certificate, and waits until a second person has made sure of it.
//
// Shape    people/<account>/request.p10 on main: the PKCS#10 as it came, one for each person; when and from where is told by the log
//          entry "certificate-request <SHA-256 of the request> <account>" of the act that filed it. Issue, refusal and a newer
//          request take it away.
// Rule     Over after 14 days. A key kept in a browser replaces those kept in browsers before: their certificates are revoked by the
//          act that issues the new one, and the statement names them.
// Errors   invalid "request-unproved", "request-of-another", "request-too-large"; not_found "no-key-request" when there is none, it is
//          over, or another one than was looked at stands in its place.
// Source   architecture invariant 3; RFC 2986.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "identity/enrolment.h"

namespace vermilion::identity {

struct KeyRequest {
  std::string account;
  Bytes request;       // PKCS#10
  std::string digest;  // SHA-256 of it, 64 hex
  Instant filed;
  std::string from;  // "web:192.0.2.7"
  Instant expires;
};

// How a browser names a key: the SHA-256 of its SubjectPublicKeyInfo, 64 hex.
[[nodiscard]] std::string key_id(const crypto::PublicKey& key);
// The same for the telephone: the digest's first 80 bits modulo 10^24, as 24 digits in groups of four.
[[nodiscard]] std::string spoken_code(const crypto::PublicKey& key);

// `act` says who and from where; kind and subject are set here.
store::Receipt file_key_request(store::Store& store, const std::string& account,
                                const Bytes& request, const store::Act& act);
// Takes back (the holder) or refuses (anybody else).
store::Receipt drop_key_request(store::Store& store, const std::string& account,
                                const std::string& digest, const store::Act& act);

// What waits today, oldest first.
[[nodiscard]] std::vector<KeyRequest> key_requests(store::Store& store);
[[nodiscard]] std::optional<KeyRequest> find_key_request(store::Store& store,
                                                         const std::string& account);

// The certificate for it, to be witnessed by `signer`, for two years.
[[nodiscard]] PreparedCertificate prepare_key_certificate(store::Store& store,
                                                          const std::string& account,
                                                          const std::string& digest,
                                                          const model::SignerFields& signer,
                                                          const store::Act& act);

}  // namespace vermilion::identity
