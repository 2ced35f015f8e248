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
// The same without reading each: for who shows some of many.
struct PersonFile {
  std::string account;
  git::ObjectId blob;
};
[[nodiscard]] std::vector<PersonFile> person_files(const store::Snapshot& evidence);
[[nodiscard]] model::Person person_in(const store::Snapshot& evidence, const PersonFile& file);

void put_person(store::Changes& changes, const model::Person& person);
// Seals the profile and names it in `person`, which is still to be put.
void put_profile(store::Changes& changes, model::Person& person, const model::Profile& profile,
                 Date today);
// What is sealed of a person: parts "profile" and "certificate".
[[nodiscard]] store::SealRequest sealed_for(const std::string& account, const std::string& part,
                                            Bytes content, Date today);

// Name, and unit and title of today, or of that day. A destroyed profile reads as the account alone.
[[nodiscard]] model::Profile profile_of(store::Store& store, const model::Person& person,
                                        std::optional<Date> day = std::nullopt);
// As it is filed.
[[nodiscard]] model::Profile filed_profile(store::Store& store, const model::Person& person);

// Throws forbidden "shared-account" for an account of several: nobody could tell whose signature it was.
void require_one_person(const model::Person& person);

// The certificate to sign with at `at`: the newest not revoked, whether or not it has expired (the signature check says so).
// Throws forbidden "no-certificate".
[[nodiscard]] model::CertificateEntry signing_certificate(const model::Person& person);
[[nodiscard]] crypto::Certificate certificate_of(store::Store& store,
                                                 const model::CertificateEntry& entry);

}  // namespace vermilion::identity
