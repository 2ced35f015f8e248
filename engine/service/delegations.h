// Delegations (代理), as their principals, their delegates and everybody else meet them.
//
// Shape    {id, principal, principal_name, delegate, delegate_name, rights[], right_labels[], from, to, reason, ended, state}; state:
//          "coming", "running", "over" after its last day, "ended" by the principal, "lapsed" while it lasts but gives nothing: the
//          principal holds none of its rights any more, or one of the two has no account in use.
// Rights   A principal delegates what he holds and ends what he gave. Who acts for whom is for everybody to know, but for an auditor who is
//          held to a scope.
// Errors   as identity/delegation.h; not_found "no-delegation"; forbidden "not-own-delegation"; invalid "rights-missing",
//          "reason-too-long". Refusals are logged.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

constexpr std::size_t kLongestReason = 200;  // characters

// `from` "": today. `reason` may be "". {id, delegate, rights, from, to, reason, act, log_index}
[[nodiscard]] Json add_delegation(Context& context, const std::string& delegate,
                                  const std::vector<std::string>& rights, const std::string& from,
                                  const std::string& to, const std::string& reason = "");
// Of that principal, or of all for "": by principal, then oldest first.
[[nodiscard]] Json list_delegations(Context& context, const std::string& principal);
// One of them, with signatures[] and ending (whether the caller may end it now).
[[nodiscard]] Json show_delegation(Context& context, const std::string& id);
// `because` is added to the log entry: "access-review 01J… row 7".
[[nodiscard]] Json end_delegation(Context& context, const std::string& id,
                                  const std::string& because = "");

// [{right, label, label_en}]: what the caller could delegate today.
[[nodiscard]] Json delegable_rights(Context& context);
// [{account, name, right}]: for whom the caller may use which right today.
[[nodiscard]] Json principals_of(Context& context);
// 核准文件; the right itself if there is none of that name.
[[nodiscard]] std::string right_label(const std::string& right);

}  // namespace vermilion::service
