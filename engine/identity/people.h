// Persons as the evidence holds them, and their sealed profiles.
//
// Errors  require_person throws not_found "no-person".
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "model/person.h"
#include "store/store.h"

namespace vermilion::identity {

[[nodiscard]] std::optional<model::Person> find_person(const store::Snapshot& evidence,
                                                       const std::string& account);
[[nodiscard]] model::Person require_person(const store::Snapshot& evidence,
                                           const std::string& account);
[[nodiscard]] std::vector<model::Person> all_persons(
    const store::Snapshot& evidence);  // by account

// Name, unit and title. A destroyed profile reads as the account alone.
[[nodiscard]] model::Profile profile_of(store::Store& store, const model::Person& person);

// The certificate to sign with at `at`: the newest not revoked, whether or not it has expired (the signature check says so).
// Throws forbidden "no-certificate".
[[nodiscard]] model::CertificateEntry signing_certificate(const model::Person& person);
[[nodiscard]] crypto::Certificate certificate_of(store::Store& store,
                                                 const model::CertificateEntry& entry);

}  // namespace vermilion::identity
