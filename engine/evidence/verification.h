// Checks one signed statement: its bytes, its signature, its certificate, its signer.
//
// Idea    A statement is good if its stored bytes are their own canonical form, the detached CMS over them verifies under
//         the store's root at the claimed time, the certificate belongs to the account the statement names, and its issue
//         was logged before the statement was. The lookup of the last point is the caller's, so that the same check
//         serves a store, a bundle and a test.
// Source  architecture invariant 3.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "crypto/cms.h"
#include "model/statement.h"

namespace vermilion::evidence {

enum class Verdict {
  good,
  not_canonical,
  content_changed,
  signature_bad,
  certificate_untrusted,
  certificate_expired,
  certificate_not_logged,
  certificate_revoked,
  certificate_status_unknown,  // what its authority last said of it does not reach to the time of signing
  wrong_person,
  wrong_store,
  other_certificate  // what was signed in the same act was signed with another certificate
};
[[nodiscard]] const char* verdict_name(Verdict verdict) noexcept;  // "wrong-person"
[[nodiscard]] Said verdict_said(Verdict verdict);

// Of a certificate that another authority issued: whom it is traced to, whom it stands for here, and until when it is known
// whether that authority has revoked it (nothing: its lists were never brought along).
struct OutsideAuthority {
  std::string account;
  crypto::Trust trust;
  std::optional<Instant> status_until;
};

struct CertificateRecord {
  std::uint64_t log_index = 0;  // of the act that filed its issue
  std::optional<Instant> revoked;
  std::optional<std::uint64_t> revoked_index = {};  // of the act that revoked it; it may be signed with it for the last time
  std::optional<OutsideAuthority> outside = {};
};
using FindCertificate = std::function<std::optional<CertificateRecord>(const std::string& sha256)>;

struct Verified {
  Verdict verdict = Verdict::good;
  std::optional<model::Statement> statement;       // whenever the bytes can be read
  std::optional<crypto::Certificate> certificate;  // whenever one is in the CMS
};

// `log_index` is that of the act which filed the statement; `store` the id it must name.
[[nodiscard]] Verified verify_statement(std::string_view bytes, std::string_view cms,
                                        const crypto::Certificate& root, const std::string& store,
                                        std::uint64_t log_index, const FindCertificate& find);

// A further signature that was given in the same act as a statement that is good: over `content`, at the statement's time, by the very
// certificate that signed the statement.
[[nodiscard]] Verdict verify_beside(std::string_view content, std::string_view cms,
                                    const Verified& statement, const crypto::Certificate& root,
                                    const FindCertificate& find);

}  // namespace vermilion::evidence
