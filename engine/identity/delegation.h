// Delegation (代理): one person acts for another, under his own account, for a stated time and purpose.
//
// Shape    A statement of kind delegation, signed by the principal: subject {type, id, delegate, rights[], from, to, and
//          perhaps reason}; filed under people/<principal>/delegations/. An end is a withdrawal statement naming the id.
// Rules    Of rights that the principal holds by a role of his own for every day of it, and that can be used for another (identity/rights.h).
//          Not passed on; gone by itself after `to`, and at once when the principal loses the role or is disabled (who asks looks at his
//          roles as well); checked again by the verifier.
// Source   architecture invariant 5; seed 參/二/(一)/3.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "evidence/revision.h"
#include "store/snapshot.h"

namespace vermilion::identity {

struct Delegation {
  std::string id;  // ULID
  std::string principal;
  std::string delegate;
  std::vector<std::string> rights;  // "document.approve"
  Date from;
  Date to;  // last day
  bool ended = false;
  std::string reason = {};  // in the principal's words; "" none was given
};

[[nodiscard]] std::string delegation_folder(const std::string& principal);
[[nodiscard]] std::vector<Delegation> delegations_by(const store::Snapshot& evidence,
                                                     const std::string& principal);
// Of everybody: by principal, then oldest first.
[[nodiscard]] std::vector<Delegation> all_delegations(const store::Snapshot& evidence);
// The delegation of that id, whoever's it is; nothing if there is none.
[[nodiscard]] std::optional<Delegation> delegation_named(const store::Snapshot& evidence,
                                                         const std::string& id);
// Why these rights cannot be delegated to that person for those days, as evidence and rules stand; nothing if they can.
[[nodiscard]] std::optional<evidence::Refusal> cannot_delegate(const store::Snapshot& evidence,
                                                               const Delegation& wanted);
// Whether it lets `delegate` use `right` on that day, as far as it goes: what the principal holds is another question.
[[nodiscard]] bool covers(const Delegation& one, const std::string& delegate,
                          const std::string& right, Date day);
// The delegation that lets `delegate` use `right` of `principal` on that day; nothing if there is none.
[[nodiscard]] std::optional<Delegation> find_delegation(const store::Snapshot& evidence,
                                                        const std::string& principal,
                                                        const std::string& delegate,
                                                        const std::string& right, Date day);

}  // namespace vermilion::identity
