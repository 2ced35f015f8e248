#include "identity/delegation.h"

#include <algorithm>

#include "identity/signing.h"
#include "model/members.h"

namespace vermilion::identity {

std::string delegation_folder(const std::string& principal) {
  return "people/" + principal + "/delegations";
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
         parse_date(require_string(subject, "from")), parse_date(require_string(subject, "to"))});
  }
  return delegations;
}

std::optional<Delegation> find_delegation(const store::Snapshot& evidence,
                                          const std::string& principal, const std::string& delegate,
                                          const std::string& right, Date day) {
  for (const auto& d : delegations_by(evidence, principal)) {
    const bool covers = std::find(d.rights.begin(), d.rights.end(), right) != d.rights.end();
    if (!d.ended && d.delegate == delegate && covers && d.from <= day && day <= d.to) return d;
  }
  return std::nullopt;
}

}  // namespace vermilion::identity
