#include "identity/delegation.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "identity/people.h"
#include "identity/rights.h"
#include "identity/rules.h"
#include "identity/signing.h"
#include "model/members.h"

namespace vermilion::identity {
namespace {

using evidence::Refusal;

constexpr const char* kFolder = "delegations";  // of a principal's

bool has_delegations(const std::vector<git::TreeEntry>& folder) {
  return std::any_of(folder.begin(), folder.end(),
                     [](const auto& entry) { return entry.name == kFolder; });
}

Refusal bad_days() {
  return {Failure::invalid,
          "bad-delegation",
          {"代理人須為他人，迄日不得早於起日",
           "the delegate must be another person and the last day not before the first"}};
}

Refusal not_delegable(const std::string& right) {
  std::string known;
  for (const auto& one : all_rights())
    if (one.delegable) known += std::string(one.id) + " ";
  return {Failure::forbidden,
          "right-not-delegable",
          {fmt::format("權限「{}」不得委託；可委託的有：{}", right, known),
           fmt::format("the right '{}' cannot be delegated; these can: {}", right, known)}};
}

Refusal gone_delegate(const std::string& delegate) {
  return {Failure::conflict,
          "delegate-disabled",
          {fmt::format("帳號「{}」尚未核准或已停用，不能為代理人；請另行委託", delegate),
           fmt::format("account '{}' is not in use yet, or no more; choose another delegate",
                       delegate)}};
}

Refusal beyond_role(const std::string& right, Date day) {
  return {Failure::forbidden,
          "beyond-own-role",
          {fmt::format("您在 {} 沒有「{}」的權限；代理不得長於您自己的角色，請縮短迄日",
                       iso_date(day), right),
           fmt::format("you do not hold '{1}' on {0}; a delegation is not longer than your own "
                       "role: choose an earlier last day",
                       iso_date(day), right)}};
}

// The days on which the person may come to hold less than the day before, with the first and the last.
std::set<Date> days_of_change(const model::Person& person, Date from, Date to) {
  std::set<Date> days = {from, to};
  for (const auto& role : person.roles)
    if (role.to) days.insert(Date(std::chrono::sys_days(*role.to) + std::chrono::days(1)));
  if (person.disabled) days.insert(*person.disabled);
  std::erase_if(days, [&](Date day) { return day < from || to < day; });
  return days;
}

}  // namespace

std::string delegation_folder(const std::string& principal) {
  return "people/" + principal + "/" + kFolder;
}

std::vector<Delegation> delegations_by(const store::Snapshot& evidence,
                                       const std::string& principal) {
  std::vector<Delegation> delegations;
  for (const auto& filed : filed_statements(evidence, delegation_folder(principal))) {
    // Wherever it is filed, only what the principal himself signed binds him.
    if (filed.statement.signer.account != principal) continue;
    const auto& subject = filed.statement.subject;
    if (filed.statement.kind == "withdrawal") {
      for (auto& delegation : delegations) {
        if (delegation.id == string_or_empty(subject, "id")) delegation.ended = true;
      }
      continue;
    }
    delegations.push_back(
        {require_string(subject, "id"), principal, require_string(subject, "delegate"),
         model::member_or(subject, "rights", std::vector<std::string>()),
         parse_date(require_string(subject, "from")), parse_date(require_string(subject, "to")),
         false, string_or_empty(subject, "reason")});
  }
  return delegations;
}

// Few of many delegate: nobody's file is read, and no folder but theirs.
std::vector<Delegation> all_delegations(const store::Snapshot& evidence) {
  std::vector<Delegation> all;
  for (const auto& entry : evidence.list("people")) {
    if (!entry.directory || !has_delegations(evidence.list(entry.id))) continue;
    const auto own = delegations_by(evidence, entry.name);
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

std::optional<Delegation> delegation_named(const store::Snapshot& evidence, const std::string& id) {
  for (const auto& one : all_delegations(evidence))
    if (one.id == id) return one;
  return std::nullopt;
}

std::optional<Refusal> cannot_delegate(const store::Snapshot& evidence, const Delegation& wanted) {
  if (wanted.delegate == wanted.principal || wanted.to < wanted.from) return bad_days();
  const auto delegate = require_person(evidence, wanted.delegate);
  if (!model::is_active(delegate, wanted.from)) return gone_delegate(wanted.delegate);
  const auto principal = require_person(evidence, wanted.principal);
  const Rules rules(evidence);
  for (const auto& right : wanted.rights) {
    const auto* known = find_right(right);
    if (!known || !known->delegable) return not_delegable(right);
    for (const Date day : days_of_change(principal, wanted.from, wanted.to))
      if (rules.role_with(principal, right, day).empty()) return beyond_role(right, day);
  }
  return std::nullopt;
}

bool covers(const Delegation& one, const std::string& delegate, const std::string& right,
            Date day) {
  return !one.ended && one.delegate == delegate && one.from <= day && day <= one.to &&
         std::find(one.rights.begin(), one.rights.end(), right) != one.rights.end();
}

std::optional<Delegation> find_delegation(const store::Snapshot& evidence,
                                          const std::string& principal, const std::string& delegate,
                                          const std::string& right, Date day) {
  for (const auto& one : delegations_by(evidence, principal))
    if (covers(one, delegate, right, day)) return one;
  return std::nullopt;
}

}  // namespace vermilion::identity
