#include "model/person.h"

#include <fmt/format.h>

#include "base/error.h"
#include "model/members.h"

namespace vermilion::model {
namespace {

template <typename T, typename Write>
Json or_null(const std::optional<T>& value, Write write) {
  return value ? Json(write(*value)) : Json(nullptr);
}

Json to_json(const RoleInterval& r) {
  return {{"role", r.role},
          {"unit", r.unit},
          {"from", iso_date(r.from)},
          {"to", or_null(r.to, iso_date)},
          {"granted_by", r.granted_by}};
}

RoleInterval role_from(const Json& value) {
  RoleInterval r{require_string(value, "role"), string_or_empty(value, "unit"),
                 parse_date(require_string(value, "from")), std::nullopt,
                 string_or_empty(value, "granted_by")};
  if (const auto to = string_or_empty(value, "to"); !to.empty()) r.to = parse_date(to);
  return r;
}

Json to_json(const CertificateEntry& c) {
  return {{"sha256", c.sha256},
          {"payload", c.payload},
          {"custody", c.custody},
          {"not_before", rfc3339(c.not_before)},
          {"not_after", rfc3339(c.not_after)},
          {"revoked", or_null(c.revoked, rfc3339)}};
}

CertificateEntry certificate_from(const Json& value) {
  CertificateEntry c{require_string(value, "sha256"),
                     require_string(value, "payload"),
                     require_string(value, "custody"),
                     parse_instant(require_string(value, "not_before")),
                     parse_instant(require_string(value, "not_after")),
                     std::nullopt};
  if (const auto r = string_or_empty(value, "revoked"); !r.empty()) c.revoked = parse_instant(r);
  return c;
}

}  // namespace

Json to_json(const Person& p) {
  Json value = {{"account", p.account},
                {"profile", {{"payload", p.profile}, {"ciphertext", p.profile_ciphertext}}},
                {"roles", Json::array()},
                {"certificates", Json::array()},
                {"disabled", or_null(p.disabled, iso_date)}};
  for (const auto& role : p.roles) value["roles"].push_back(to_json(role));
  for (const auto& certificate : p.certificates)
    value["certificates"].push_back(to_json(certificate));
  return value;
}

Person person_from(const Json& value) {
  Person p;
  p.account = require_string(value, "account");
  const auto profile = member_or(value, "profile", Json::object());
  p.profile = require_string(profile, "payload");
  p.profile_ciphertext = require_string(profile, "ciphertext");
  for (const auto& role : member_or(value, "roles", Json::array_t()))
    p.roles.push_back(role_from(role));
  for (const auto& entry : member_or(value, "certificates", Json::array_t())) {
    p.certificates.push_back(certificate_from(entry));
  }
  if (const auto day = string_or_empty(value, "disabled"); !day.empty())
    p.disabled = parse_date(day);
  return p;
}

bool is_account_name(std::string_view account) noexcept {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return account.size() >= 3 && account.size() <= 32 &&
         letters.find(account.front()) != letters.npos &&
         account.find_first_not_of(allowed) == account.npos && account != "local" &&
         account != "system";
}

void require_account_name(const std::string& account) {
  if (!is_account_name(account)) {
    throw Error(
        Failure::invalid, "bad-account",
        {fmt::format("帳號「{}」無效：3 至 32 個小寫英文字母、數字或 -，以字母開頭", account),
         fmt::format("account '{}' is invalid: 3 to 32 lower-case letters, digits or '-', "
                     "beginning with a letter",
                     account)});
  }
}

bool holds(const Person& person, const std::string& role, Date day, const std::string& unit) {
  if (person.disabled && *person.disabled <= day) return false;
  for (const auto& held : person.roles) {
    const bool in_time = held.from <= day && (!held.to || day <= *held.to);
    const bool in_unit = unit.empty() || held.unit.empty() || held.unit == unit;
    if (held.role == role && in_time && in_unit) return true;
  }
  return false;
}

Json to_json(const Profile& p) {
  return {{"name", p.name}, {"unit", p.unit}, {"title", p.title}, {"email", p.email}};
}

Profile profile_from(const Json& value) {
  return {require_string(value, "name"), string_or_empty(value, "unit"),
          string_or_empty(value, "title"), string_or_empty(value, "email")};
}

std::string person_path(const std::string& account) { return "people/" + account + ".json"; }

}  // namespace vermilion::model
