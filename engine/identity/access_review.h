// Access review (存取權限審查): every period all rights are decided row by row; the control unit proposes what to improve, the head
// approves, what was revoked is ended.
//
// Shape    access-reviews/<ULID>/
//            list.json        {format, id, from, to, due, commit, log_size, made, rows: [access_rows.h]}; filed by whoever opened it, a
//                             person or the server itself: nobody has signed anything yet
//            NN-review.statement.json        subject {type: access-review, id, list: sha256 of list.json, decisions: [{row, decision
//                             (keep, change, revoke), reason, until (the new last day, with change)}]}; rows count from 1
//            decided.json     {format, id, list, decisions: [{row, decision, reason, until, by, statement}]}: all rows as last decided
//            NN-submission.statement.json    subject {…, list, decided: sha256 of decided.json, proposals: [text]}
//            NN-approval.statement.json      subject {…, list, decided, proposal: sha256 of the submission}
//            NN-notification.statement.json  subject {…, list, decided, rows: [row]}: what was to be ended has ended; where nothing
//                             was, the approval is the last
// Stages   A later decision of a row takes the place of an earlier one, and of any proposal that rested on it. After the approval nothing is
//          decided any more. One review a period.
// Rules    Nobody decides a row of his own, nor one of which he acts for the holder. The row names its reviewers; when none of them holds the
//          right any more, anybody else who does may decide. What is not decided is never revoked. A change or a revocation has a reason, and
//          so has keeping what is flagged. Who proposed does not approve.
// Errors   not_found "no-access-review"; conflict "access-review-not-due", "access-review-exists", "access-review-stage",
//          "access-review-changed", "rights-standing"; invalid "no-decisions", "no-such-row", "row-twice", "reason-missing", "bad-until",
//          "no-proposals"; forbidden "not-the-reviewer", "reviews-own-access", "proposer-approves-review".
// Source   肆/五/(二)/3-5; SC-08, SC-09; story S6.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "identity/access_rows.h"
#include "identity/signing.h"

namespace vermilion::identity {

constexpr const char* kProposeRight = "access.propose";
constexpr const char* kApproveRight = "access.approve";
constexpr const char* kAccessReview = "access-review";

enum class AccessStage { deciding, decided, proposed, approved, done };
[[nodiscard]] const char* stage_name(AccessStage stage) noexcept;
[[nodiscard]] const char* stage_label(AccessStage stage) noexcept;  // 逐列審查, 待建議, …

enum class AccessVerdict { keep, change, revoke };
[[nodiscard]] const char* verdict_name(AccessVerdict verdict) noexcept;   // "keep"
[[nodiscard]] const char* verdict_label(AccessVerdict verdict) noexcept;  // 保留
[[nodiscard]] AccessVerdict parse_verdict(
    const std::string& name);  // throws invalid "bad-decision"

struct AccessDecision {
  std::size_t row = 0;  // from 1
  AccessVerdict verdict = AccessVerdict::keep;
  std::string reason;
  std::optional<Date> until;   // change only
  std::string by = {};         // filled in when read: who signed it …
  std::string statement = {};  // … and in which statement
};

struct AccessReview {
  std::string id;
  AccessPeriod period;
  Date due;
  AccessSight made;
  std::vector<AccessRow> rows;
  std::string list;  // "sha256:…" of list.json
  std::vector<evidence::FiledStatement> statements;
  std::map<std::size_t, AccessDecision> decisions;  // the last of each row
  AccessStage stage = AccessStage::deciding;
  std::vector<std::string> proposals;  // of the submission that stands
};

[[nodiscard]] std::string access_review_folder(const std::string& id);
// By id: oldest first. The second without those that are done, told by their names alone.
[[nodiscard]] std::vector<AccessReview> all_access_reviews(const store::Snapshot& evidence);
[[nodiscard]] std::vector<AccessReview> open_access_reviews(const store::Snapshot& evidence);
[[nodiscard]] std::string newest_access_review(const store::Snapshot& evidence);  // its id, or ""
[[nodiscard]] AccessReview require_access_review(const store::Snapshot& evidence,
                                                 const std::string& id);
void read_statements(AccessReview& review);  // decisions, stage and proposals, out of `statements`
[[nodiscard]] Bytes list_bytes(const AccessReview& review);
[[nodiscard]] Bytes decided_bytes(const AccessReview& review);  // decided.json as it would be now
[[nodiscard]] const evidence::FiledStatement* last_statement(const AccessReview& review,
                                                             const std::string& kind);
[[nodiscard]] bool ends_something(const AccessDecision& decision);      // a change or a revocation
[[nodiscard]] bool is_overdue(const AccessReview& review, Date today);  // not approved in time

// The period whose review is to be opened now; nothing when it was, or was over before the store was made.
[[nodiscard]] std::optional<AccessPeriod> period_to_review(store::Store& store);
// Returns the id. Throws conflict unless there is such a period.
struct OpenedReview {
  std::string id;
  store::Receipt receipt;
};
[[nodiscard]] OpenedReview open_access_review(store::Store& store, store::Act act);

// Why these persons may not decide the row, or nothing; `reviewing` are those who hold the right on that day.
[[nodiscard]] std::optional<evidence::Refusal> cannot_decide(
    const AccessRow& row, const evidence::Persons& persons, const std::set<std::string>& reviewing);

[[nodiscard]] Prepared prepare_decisions(store::Store& store, const std::string& id,
                                         const std::vector<AccessDecision>& decisions,
                                         const model::SignerFields& signer, const store::Act& act);
[[nodiscard]] Prepared prepare_proposals(store::Store& store, const std::string& id,
                                         const std::vector<std::string>& proposals,
                                         const model::SignerFields& signer, const store::Act& act);
[[nodiscard]] Prepared prepare_access_approval(store::Store& store, const std::string& id,
                                               const model::SignerFields& signer,
                                               const store::Act& act);

// Of what was decided to end, whether it still stands as on that day. What has ended stays so, but for an account that is
// opened again.
[[nodiscard]] bool still_stands(const store::Snapshot& evidence, const AccessRow& row,
                                const AccessDecision& decision, Instant now, Date day);
// Rows to be ended, and those of them that still stand.
[[nodiscard]] std::vector<std::size_t> ending_rows(const AccessReview& review);
[[nodiscard]] std::vector<std::size_t> standing_rows(store::Store& store,
                                                     const store::Snapshot& evidence,
                                                     const AccessReview& review, Instant now);
// Ends the very interval that the row lists, whatever else the person holds.
store::Receipt end_listed_role(store::Store& store, const AccessRow& row, Date last_day,
                               store::Act act);
[[nodiscard]] Prepared prepare_completion(store::Store& store, const std::string& id,
                                          const model::SignerFields& signer, const store::Act& act);

// For the verifier: the list is what evidence and log of then give; each step rests on those before; nobody decided a row of his own; what
// was revoked has ended.
void check_access_review(store::Store& store, const AccessReview& review, const Fault& fault);

}  // namespace vermilion::identity
