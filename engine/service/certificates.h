// Certificates of persons: issue, renewal, revocation, import from other authorities, and the lists that go out.
//
// Notice  The owner is told of each (service/notices.h); the answer's "notice" says whether that worked.
// Errors  as identity/enrolment.h, identity/revocation.h, identity/outside.h; refusals are logged.
#pragma once
#include <optional>
#include <string>

#include "base/json.h"
#include "identity/outside.h"
#include "service/context.h"

namespace vermilion::service {

struct CertificateRequest {
  std::string account;
  std::string passphrase;     // the holder's: protects the key in either custody
  bool own_key_file = false;  // true: the key is returned as encrypted PEM and kept nowhere else
  std::string until;          // last day; "" two years
  Bytes request = {};         // PKCS#10 made where the key is: no key is made here then
  crypto::Custody custody = crypto::Custody::file;  // of a key that is elsewhere
};
struct IssuedCertificate {
  Json answer;
  std::string key_pem;      // own_key_file only
  std::string certificate;  // PEM: the person's, then the issuer's
};
// The caller is the second person: his statement stands beside the certificate.
[[nodiscard]] IssuedCertificate issue_certificate(Context& context,
                                                  const CertificateRequest& request);
// The caller renews his own, signing with the one he has.
[[nodiscard]] IssuedCertificate renew_certificate(Context& context,
                                                  const CertificateRequest& request);
// `because` is added to the log entry: "access-review 01J… row 7".
[[nodiscard]] Json revoke_certificate(Context& context, const std::string& account,
                                      const std::string& sha256, const std::string& reason,
                                      const std::string& because = "");
[[nodiscard]] Json list_certificates(Context& context, const std::string& account);
[[nodiscard]] Json certificate_json(Context& context, const std::string& account,
                                    const model::CertificateEntry& entry);

// What anybody may have. The list in DER, made anew when it is a day old (with `renew`), else as it is filed.
enum class Renew { if_due, never };
[[nodiscard]] Bytes certificate_list(Context& context, Renew renew);
[[nodiscard]] std::string certificate_list_pem(Context& context);  // renewed if due
[[nodiscard]] std::string authority_chain(Context& context);       // PEM: issuer, root

// Certificates of other authorities.
[[nodiscard]] Json trust_authority(Context& context, const Bytes& certificate);
[[nodiscard]] Bytes possession_challenge(Context& context, const std::string& account,
                                         const Bytes& certificate);
struct ImportCertificate {
  std::string account;
  Bytes certificate;
  Bytes chain;  // PEM, or ""
  Bytes proof;
  crypto::Custody custody = crypto::Custody::token;
  std::optional<identity::StatusFile> status;
};
[[nodiscard]] Json import_certificate(Context& context, const ImportCertificate& request);
[[nodiscard]] Json file_certificate_status(Context& context, const std::string& account,
                                           const std::string& sha256,
                                           const identity::StatusFile& file);

// 數位簽章 by a trusted authority, 電子簽章 by the store's own; with where the key is and whether revocation was looked at.
[[nodiscard]] std::string signature_label(const store::Snapshot& evidence,
                                          const model::Person& person, const std::string& sha256);

}  // namespace vermilion::service
