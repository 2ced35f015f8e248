// Separation of duties: which two acts must be by different persons. One table, used when signing and again by the
// verifier.
//
// Idea    Each act is done by a set of persons, {signer, principal of the delegation}. For a pair in the table the two sets
//         must be disjoint. Compared by person (account stands for the person; one account each), never by session.
// Source  architecture invariant 5; ISO/IEC 27001:2022 A.5.3.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/statement.h"

namespace vermilion::evidence {

enum class Duty {
  author,
  reviewer,
  countersigner,
  approver,  // of a revision
  proposer,
  disposal_approver,
  executor,
  witness,  // of a disposal
  requester,
  releaser,  // of a hold
  grantor,
  grantee,  // of a role
  certificate_subject,
  certificate_witness,
  scope_approver,
  auditor,  // of an audit
  authoriser,
  opener,  // of what is classified
  access_reviewer,
  access_holder,  // of a row of an access review
  access_proposer,
  access_approver,  // of the review
  account_adder,
  account_authoriser,
  account_holder
};

using Persons = std::set<std::string>;

// {signer, principal}.
[[nodiscard]] Persons persons_of(const model::SignerFields& signer);

struct DutyClash {
  std::string person;
  Duty first;
  Duty second;
  std::string code;  // "author-approves", "author-countersigns" …
  Said said;
};

// The first clash between the two sets if the pair, in either order, must differ; nothing otherwise.
[[nodiscard]] std::optional<DutyClash> duty_clash(Duty first, const Persons& a, Duty second,
                                                  const Persons& b);

}  // namespace vermilion::evidence
