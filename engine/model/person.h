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

// An account of several people: only with the number of the approval, and one who answers for it (肆/八/(三)).
struct SharedAccount {
  std::string approval;
  std::string custodian;  // account
};

struct Person {
  std::string account;
  std::string added_by;                 // account, or "init"
  std::optional<Instant> authorised;    // nobody may use an account before
  std::optional<Date> expires;          // last day: vendors and temporary staff
  std::optional<SharedAccount> shared;
  std::string profile;             // payload ULID
  std::string profile_ciphertext;  // sha256:…
  std::vector<RoleInterval> roles;
  std::vector<CertificateEntry> certificates;  // oldest first
  std::optional<Date> disabled;                // from that day on: idle, or by an administrator
  std::optional<Date> last_day;                // of a leaver
  std::optional<Date> left;                    // the day the leaver's accounts were found revoked (肆/三/(一)/4)
};

// Disabled, expired or gone on that day.
[[nodiscard]] bool is_barred(const Person& person, Date day);
// Authorised and not barred: whoever is not has no right, though one not yet authorised may sign an agreement.
[[nodiscard]] bool is_active(const Person& person, Date day);

[[nodiscard]] Json to_json(const Person& person);
[[nodiscard]] Person person_from(const Json& value);

// Lower-case letters, digits and '-', 3 to 32, beginning with a letter (certificates hold it as a PrintableString);
// "local", "system" and "init" are taken. require_account_name throws invalid "bad-account".
[[nodiscard]] bool is_account_name(std::string_view account) noexcept;
void require_account_name(const std::string& account);

// True if the person is active and holds the role on that day (for that unit, when one is named).
[[nodiscard]] bool holds(const Person& person, const std::string& role, Date day,
                         const std::string& unit = "");

// The same of a person not yet authorised: what he is to hold.
[[nodiscard]] bool is_given(const Person& person, const std::string& role, Date day,
                            const std::string& unit = "");

// Unit and title from a day on.
struct Post {
  std::string unit;   // 監資處
  std::string title;  // 處長
  Date from;
};

struct Profile {
  std::string name;   // 林○○
  std::string unit;   // before the first move
  std::string title;  // likewise
  std::string email;
  std::string number = {};  // staff number, or a vendor's own: what tells two people of one name apart
  std::vector<Post> moves = {};  // in the order they were signed; of those that begin by a day the last counts
};

// With the unit and title of that day.
[[nodiscard]] Profile profile_on(Profile profile, Date day);

[[nodiscard]] Json to_json(const Profile& profile);
[[nodiscard]] Profile profile_from(const Json& value);

[[nodiscard]] std::string person_path(const std::string& account);  // people/<account>.json

}  // namespace vermilion::model
