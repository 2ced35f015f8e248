// Taking a person in: account, roles, certificate. Each is an act in the log.
//
// Renewal  A holder whose certificate is neither expired nor revoked signs the issue of his next one with it: his own statement
//          takes the place of the second person's.
// Identity identities/<HMAC-SHA-256 of number or mail, folded> holds the account: one for each person. Shared accounts have none.
// Errors   conflict "account-exists" (accounts are never reassigned), "person-has-account", "expiry-needed", "account-left",
//          "custodian-inactive", forbidden "shared-account", invalid for bad names, "request-unproved",
//          "request-of-another", forbidden from the duties table ("grants-to-self", "certifies-self"), forbidden "roles-apart".
// Source   seed 肆/八/(三); architecture invariant 3 (issuance is visible).
#pragma once
#include <optional>
#include <string>

#include "identity/custody.h"
#include "identity/signing.h"

namespace vermilion::identity {

struct NewPerson {
  std::string account;
  model::Profile profile;
  std::string password_hash;  // PHC string of the temporary login password
  std::optional<Date> expires = {};
  std::optional<model::SharedAccount> shared = {};
  bool founding = false;  // the first of a store, authorised as it is made
};

// Nobody can use the account before it is authorised (identity/lifecycle.h).
store::Receipt add_person(store::Store& store, const NewPerson& person, const store::Act& act);
store::Receipt grant_role(store::Store& store, const std::string& account,
                          const model::RoleInterval& role, const store::Act& act);
// Ends every open interval of that role (for that unit) on `last_day`. Throws not_found "role-not-held".
store::Receipt revoke_role(store::Store& store, const std::string& account, const std::string& role,
                           const std::string& unit, Date last_day, const store::Act& act);
store::Receipt disable_person(store::Store& store, const std::string& account, Date from,
                              const store::Act& act);

struct NewCertificate {
  std::string account;
  Bytes request;  // PKCS#10: proof of possession
  crypto::Custody custody = crypto::Custody::server;
  std::optional<FreshKey> server_key;
  crypto::Validity validity;
  std::vector<std::string> replaces = {};  // certificates of the same person, revoked by the same act
  std::string renews = {};  // SHA-256 of the holder's certificate that has to sign the statement; "": a second person signs
};

// The request stands beside the certificate for ever: throws unless it is by whom the certificate names.
void require_own_request(const NewCertificate& wanted);

struct PreparedCertificate {
  crypto::Certificate certificate;
  Prepared prepared;  // statement of kind certificate, to be signed by the second person
};
// `signer` is the second person (an administrator). For the first person of a store, `first` allows himself.
[[nodiscard]] PreparedCertificate prepare_certificate(store::Store& store,
                                                      const NewCertificate& request,
                                                      const model::SignerFields& signer,
                                                      const store::Act& act, bool first);

// The sealed certificate of a person: its subject holds the name.
[[nodiscard]] store::SealedRef seal_certificate(store::Store& store, store::Changes& changes,
                                                const std::string& account,
                                                const crypto::Certificate& certificate, Instant at);

}  // namespace vermilion::identity
