// A key in the browser: its holder asks for a certificate, a second person makes sure and has it issued.
//
// Errors  as identity/key_requests.h; refusals are logged. JSON names keys by their id (identity::key_id) and spoken code.
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// {account, custody, certificate, key, not_after, request: {…} or null}: the certificate the caller signs with today ("" without one).
[[nodiscard]] Json own_key(Context& context);
// The newest certificate of the caller and the one above it, DER, for the CMS he makes. Throws forbidden "no-certificate".
struct CertificatePair {
  Bytes person;
  Bytes issuer;
};
[[nodiscard]] CertificatePair own_certificates(Context& context);
// Where the caller's present key is: "server", "file", "token", "browser", or "" without a certificate. Cheap.
[[nodiscard]] std::string own_custody(Context& context);

[[nodiscard]] Json request_key(Context& context, const Bytes& request);

// For who may issue certificates: [{account, name, unit, title, filed, from, expires, digest, key, code, mine}].
[[nodiscard]] Json list_key_requests(Context& context);
[[nodiscard]] Json show_key_request(Context& context, const std::string& account);
// The caller is the second person and has compared the code: his statement stands beside the certificate.
[[nodiscard]] Json confirm_key(Context& context, const std::string& account,
                               const std::string& digest);
// The holder takes his request back, or who may issue certificates refuses it.
[[nodiscard]] Json drop_key(Context& context, const std::string& account,
                            const std::string& digest);

}  // namespace vermilion::service
