#include "identity/people.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace vermilion::identity {

std::optional<model::Person> find_person(const store::Snapshot& evidence,
                                         const std::string& account) {
  const auto bytes = evidence.read(model::person_path(account));
  return bytes ? std::optional(model::person_from(parse_json(*bytes))) : std::nullopt;
}

model::Person require_person(const store::Snapshot& evidence, const std::string& account) {
  if (auto person = find_person(evidence, account)) return *person;
  throw Error(Failure::not_found, "no-person",
              {fmt::format("沒有帳號「{}」；person list 列出所有帳號", account),
               fmt::format("no account '{}'; 'person list' shows all", account)});
}

std::vector<model::Person> all_persons(const store::Snapshot& evidence) {
  std::vector<model::Person> persons;
  for (const auto& file : person_files(evidence)) persons.push_back(person_in(evidence, file));
  return persons;
}

std::vector<PersonFile> person_files(const store::Snapshot& evidence) {
  constexpr std::string_view kEnd = ".json";
  std::vector<PersonFile> files;
  for (const auto& entry : evidence.list("people")) {
    if (!entry.directory && entry.name.ends_with(kEnd))
      files.push_back({entry.name.substr(0, entry.name.size() - kEnd.size()), entry.id});
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.account < b.account; });
  return files;
}

model::Person person_in(const store::Snapshot& evidence, const PersonFile& file) {
  return model::person_from(parse_json(evidence.blob(file.blob)));
}

void put_person(store::Changes& changes, const model::Person& person) {
  changes.put(model::person_path(person.account), canonical(model::to_json(person)));
}

store::SealRequest sealed_for(const std::string& account, const std::string& part, Bytes content,
                              Date today) {
  constexpr const char* kPeopleKeys = "people";
  return {account, 1, part, kPeopleKeys, int(today.year()), std::move(content)};
}

void put_profile(store::Changes& changes, model::Person& person, const model::Profile& profile,
                 Date today) {
  const auto sealed = changes.seal(
      sealed_for(person.account, "profile", canonical(model::to_json(profile)), today));
  person.profile = sealed.payload;
  person.profile_ciphertext = sealed.ciphertext;
}

model::Profile profile_of(store::Store& store, const model::Person& person,
                          std::optional<Date> day) {
  const Date wanted = day.value_or(date_at(store.clock().now(), store.settings().time_zone));
  return model::profile_on(filed_profile(store, person), wanted);
}

void require_one_person(const model::Person& person) {
  if (!person.shared) return;
  throw Error(
      Failure::forbidden, "shared-account",
      {fmt::format("「{}」是共用帳號，不得持有憑證或有權限的角色；請用個人帳號", person.account),
       fmt::format("'{}' is a shared account: it holds no certificate and no role with "
                   "rights; use a person's own",
                   person.account)});
}

model::Profile filed_profile(store::Store& store, const model::Person& person) {
  try {
    return model::profile_from(parse_json(store.payload(person.profile)));
  } catch (const Error& error) {
    if (error.code() != "payload-destroyed") throw;
    return {person.account, "", "", ""};
  }
}

model::CertificateEntry signing_certificate(const model::Person& person) {
  for (auto entry = person.certificates.rbegin(); entry != person.certificates.rend(); ++entry) {
    if (!entry->revoked) return *entry;
  }
  throw Error(Failure::forbidden, "no-certificate",
              {fmt::format("帳號「{}」沒有可用的憑證；請系統管理人員簽發（certificate issue）",
                           person.account),
               fmt::format("account '{}' has no certificate; ask an administrator to issue one",
                           person.account)});
}

crypto::Certificate certificate_of(store::Store& store, const model::CertificateEntry& entry) {
  return crypto::Certificate::from_der(store.payload(entry.payload));
}

}  // namespace vermilion::identity
