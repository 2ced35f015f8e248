// The half-yearly review of everybody's access, as reviewers, the control unit, the head and administrators work with it.
//
// Rights   access.review to decide rows, access.propose to open a review and to propose, access.approve to approve. Ending what was revoked
//          takes what ending it always takes: role.grant, person.disable, certificate.issue, classified.authorise, audit.approve; a delegation is
//          ended by its principal.
//          Who holds one of access.propose, access.approve, role.grant and log.read sees the whole list; others see the rows that they
//          decide and those about themselves.
// Ids      "" stands for the newest review.
// Errors   as identity/access_review.h; refusals are logged.
// Source   肆/五/(二)/3-5; story S6.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "identity/access_rows.h"
#include "service/context.h"

namespace vermilion::service {

// The id itself, or that of the newest review for "".
[[nodiscard]] std::string access_review_id(Context& context, const std::string& id);

// {id, label, from, to, due, stage, rows, act, log_index}
[[nodiscard]] Json open_access_review(Context& context);
// The same in the name of the system, when a period is over and its review was not opened yet; for the server, daily.
void open_due_access_review(Context& context);

// [{id, label, from, to, due, stage, stage_label, overdue, rows, undecided, mine}], newest first; mine: undecided rows of the caller.
[[nodiscard]] Json list_access_reviews(Context& context);
// The same of one, with rows[], proposals[] and signatures[].
[[nodiscard]] Json show_access_review(Context& context, const std::string& id);
[[nodiscard]] Bytes access_review_csv(Context& context, const std::string& id);
// 使用者存取權限檢討表: the rows that the caller sees, decided by whom and why, proposals, what was carried out, signatures.
[[nodiscard]] Bytes access_review_pdf(Context& context, const std::string& id);
// {id, label, due, stage, overdue} of the oldest review that is not done, {label, due, stage: "unopened", overdue} of one to be opened, or null.
[[nodiscard]] Json access_review_status(Context& context);

// What waits for the caller in the reviews that are not done: [{what, id, title, since}].
[[nodiscard]] Json access_review_waiting(Context& context);

// Whether the caller may end what the row lists: nobody ends his own role or account, a delegation is its principal's alone.
[[nodiscard]] bool may_end_row(Context& context, const identity::AccessRow& row);

struct RowDecision {
  std::size_t row = 0;   // from 1
  std::string decision;  // keep, change, revoke
  std::string reason;
  std::string until;  // a date; with change only
};
// Each answers {id, stage, act, log_index}.
[[nodiscard]] Json decide_access_rows(Context& context, const std::string& id,
                                      const std::vector<RowDecision>& decisions);
[[nodiscard]] Json propose_improvements(Context& context, const std::string& id,
                                        const std::vector<std::string>& proposals);
[[nodiscard]] Json approve_access_review(Context& context, const std::string& id);
// Ends what the caller may end of what was revoked. {id, stage, ended: [row], left: [row]}; with nothing left he signs that it is done, and
// act and log_index are told too. May be repeated.
[[nodiscard]] Json execute_access_review(Context& context, const std::string& id);

}  // namespace vermilion::service
