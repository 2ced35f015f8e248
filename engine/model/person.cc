#include "model/person.h"

#include <fmt/format.h>

#include <algorithm>

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

Json to_json(const SharedAccount& s) {
  return {{"approval", s.approval}, {"custodian", s.custodian}};
}

std::optional<Date> day_in(const Json& value, const char* name) {
  const auto day = string_or_empty(value, name);
  return day.empty() ? std::nullopt : std::optional(parse_date(day));
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
                {"added_by", p.added_by},
                {"authorised", or_null(p.authorised, rfc3339)},
                {"expires", or_null(p.expires, iso_date)},
                {"shared", or_null(p.shared, [](const auto& shared) { return to_json(shared); })},
                {"last_day", or_null(p.last_day, iso_date)},
                {"left", or_null(p.left, iso_date)},
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
  p.added_by = string_or_empty(value, "added_by");
  if (const auto at = string_or_empty(value, "authorised"); !at.empty())
    p.authorised = parse_instant(at);
  p.expires = day_in(value, "expires");
  p.disabled = day_in(value, "disabled");
  p.last_day = day_in(value, "last_day");
  p.left = day_in(value, "left");
  if (const auto shared = member_or(value, "shared", Json()); shared.is_object())
    p.shared = {require_string(shared, "approval"), require_string(shared, "custodian")};
  return p;
}

bool is_account_name(std::string_view account) noexcept {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return account.size() >= 3 && account.size() <= 32 &&
         letters.find(account.front()) != letters.npos &&
         account.find_first_not_of(allowed) == account.npos && account != "local" &&
         account != "system" && account != "init";
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

bool is_barred(const Person& person, Date day) {
  return (person.disabled && *person.disabled <= day) ||
         (person.expires && *person.expires < day) || (person.last_day && *person.last_day < day);
}

bool is_active(const Person& person, Date day) {
  return person.authorised && !is_barred(person, day);
}

bool holds(const Person& person, const std::string& role, Date day, const std::string& unit) {
  return person.authorised && is_given(person, role, day, unit);
}

bool is_given(const Person& person, const std::string& role, Date day, const std::string& unit) {
  if (is_barred(person, day)) return false;
  return std::any_of(person.roles.begin(), person.roles.end(), [&](const RoleInterval& held) {
    const bool in_time = held.from <= day && (!held.to || day <= *held.to);
    const bool in_unit = unit.empty() || held.unit.empty() || held.unit == unit;
    return held.role == role && in_time && in_unit;
  });
}

Json to_json(const Profile& p) {
  Json value = {{"name", p.name},   {"unit", p.unit},     {"title", p.title},
                {"email", p.email}, {"number", p.number}, {"moves", Json::array()}};
  for (const auto& post : p.moves) {
    value["moves"].push_back(
        {{"unit", post.unit}, {"title", post.title}, {"from", iso_date(post.from)}});
  }
  return value;
}

Profile profile_from(const Json& value) {
  Profile profile{require_string(value, "name"), string_or_empty(value, "unit"),
                  string_or_empty(value, "title"), string_or_empty(value, "email"),
                  string_or_empty(value, "number")};
  for (const auto& post : member_or(value, "moves", Json::array_t())) {
    profile.moves.push_back({require_string(post, "unit"), require_string(post, "title"),
                             parse_date(require_string(post, "from"))});
  }
  return profile;
}

Profile profile_on(Profile profile, Date day) {
  for (const auto& post : profile.moves) {
    if (day < post.from) continue;
    profile.unit = post.unit;
    profile.title = post.title;
  }
  return profile;
}

std::string person_path(const std::string& account) { return "people/" + account + ".json"; }

}  // namespace vermilion::model
