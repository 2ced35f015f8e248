// A person as the store knows one: a pseudonymous account with roles and certificates by date. Name, unit and
// title are a sealed payload (Profile), never in plain.
//
// Shape   people/<account>.json; schemas/person.schema.json is its definition.
// Source  architecture section 2; seed 肆/五/(二), 肆/八/(三).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"

namespace vermilion::model {

struct RoleInterval {
  std::string role;  // "approver"; rules/roles.json lists them
  std::string unit;  // the unit it is held for, or "" for all
  Date from;
  std::optional<Date> to;  // last day; nothing: open
  std::string granted_by;  // account, or "init"
};

struct CertificateEntry {
  std::string sha256;
  std::string payload;  // ULID of the sealed DER: its subject holds the name
  std::string custody;  // "server", "file" …
  Instant not_before;
  Instant not_after;
  std::optional<Instant> revoked;
};

struct Person {
  std::string account;
  std::string profile;             // payload ULID
  std::string profile_ciphertext;  // sha256:…
  std::vector<RoleInterval> roles;
  std::vector<CertificateEntry> certificates;  // oldest first
  std::optional<Date> disabled;                // from that day on
};

[[nodiscard]] Json to_json(const Person& person);
[[nodiscard]] Person person_from(const Json& value);

// Lower-case letters, digits and '-', 3 to 32, beginning with a letter (certificates hold it as a PrintableString);
// "local" and "system" are taken. require_account_name throws invalid "bad-account".
[[nodiscard]] bool is_account_name(std::string_view account) noexcept;
void require_account_name(const std::string& account);

// True if the role is held on that day (for that unit, when one is named).
[[nodiscard]] bool holds(const Person& person, const std::string& role, Date day,
                         const std::string& unit = "");

struct Profile {
  std::string name;   // 林○○
  std::string unit;   // 監資處
  std::string title;  // 處長
  std::string email;
};

[[nodiscard]] Json to_json(const Profile& profile);
[[nodiscard]] Profile profile_from(const Json& value);

[[nodiscard]] std::string person_path(const std::string& account);  // people/<account>.json

}  // namespace vermilion::model
