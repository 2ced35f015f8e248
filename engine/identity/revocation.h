// Taking a certificate back, and the list that tells others (CRL).
//
// Idea     A revocation is a signed statement (kind withdrawal, subject certificate), by a person with certificate.issue or by the
//          holder himself, even with the very certificate for the last time. It counts from its second on, and for whatever the
//          log holds behind it. The list is made anew in the same act, and every day.
//          Closing a leaver's account revokes what he still has, by the statement that closes it (identity/lifecycle.h).
// Shape    people/<account>/certificates/<sha256>.revocation.statement.json with its .p7s; people/issuer.crl (DER).
// Errors   not_found "no-such-certificate", conflict "already-revoked", invalid "bad-reason".
// Source   RFC 5280 section 5; architecture invariant 3.
#pragma once
#include <optional>
#include <string>

#include "crypto/crl.h"
#include "identity/signing.h"
#include "model/person.h"

namespace vermilion::identity {

constexpr const char* kCrlPath = "people/issuer.crl";

// "people/chen04/certificates/<sha256>": what is filed about a certificate begins so.
[[nodiscard]] std::string certificate_path(const std::string& account, const std::string& sha256);
[[nodiscard]] std::string revocation_path(const std::string& account, const std::string& sha256);

[[nodiscard]] Prepared prepare_revocation(store::Store& store, const std::string& account,
                                          const std::string& sha256, const std::string& reason,
                                          const model::SignerFields& signer, const store::Act& act);

// Every certificate of the person that is not revoked, in the act that closes his account; the caller puts the person.
void revoke_all(store::Store& store, store::Changes& changes, const store::Now& now,
                model::Person& person);
// Whether the statement that closed the account names it.
[[nodiscard]] bool revoked_by_closing(const store::Snapshot& evidence, const std::string& account,
                                      const std::string& sha256);

// What a signed revocation says.
[[nodiscard]] crypto::RevokedCertificate revoked_by(const model::Statement& statement);
// Every revocation of a certificate by the store's own issuer, the seal's (seal.h) too, by serial number. One without a statement of its own went with its
// holder's account ("cessation"), or was replaced by the act that issued its successor ("superseded").
[[nodiscard]] std::vector<crypto::RevokedCertificate> revocations(store::Store& store,
                                                                  const store::Snapshot& evidence);

// Makes the list under the writer's lock, with what this very act revokes.
void put_crl(store::Store& store, store::Changes& changes, const store::Now& now,
             const std::vector<crypto::RevokedCertificate>& more);
// The list on main, or nothing; the one on main is a day old, or there is none.
[[nodiscard]] std::optional<Bytes> filed_crl(const store::Snapshot& evidence);
[[nodiscard]] bool crl_is_due(store::Store& store);
store::Receipt renew_crl(store::Store& store, const store::Act& act);

}  // namespace vermilion::identity
