// What an access review is about: every account, role, delegation and key there is, each a row with whoever has to decide it.
//
// Shape    JSON {kind, account, what, unit, rights[], detail, from, to, by, flags[], last_sign_in, reviewers[]}; what has nothing to say
//          is "" or null. By account; of each the account itself, its roles, delegations, keys, authorisations and audits. No name and no title: those are sealed.
//            account     last_sign_in
//            role        what: the role, unit, by: who granted it
//            delegation  what: its id, detail: the delegate, rights
//            key         what: SHA-256 of the certificate, detail: where the key is
//            authorisation  to open what is classified; what: its id, unit, detail: document or form, by: who authorised it
//            audit       what: its id, by: who approved its scope
// Flags    idle (nobody signed in for so long), leaver (the account ends, or has ended and this was left open), privileged (may make
//          accounts, give rights, certify, maintain the store or destroy), shared (an account of several people).
// Made     From one commit of main and the first `log_size` entries of the log, so that the verifier makes the same list again.
// Reviewer What is privileged goes to the system owner: who holds access.review for no unit in particular. The rest goes to who holds it for
//          the holder's unit, if there is one. Nobody is named for a row of his own.
// Source   肆/五/(二)/3、4; SC-08, SC-09.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "identity/access_rules.h"
#include "identity/rules.h"
#include "store/store.h"

namespace vermilion::identity {

constexpr const char* kReviewRight = "access.review";

struct AccessRow {
  std::string kind;
  std::string account;
  std::string what;
  std::string unit;
  std::vector<std::string> rights;
  std::string detail;
  std::optional<Date> from;
  std::optional<Date> to;  // last day
  std::string by;
  std::set<std::string> flags;
  std::optional<Instant> last_sign_in;
  std::vector<std::string> reviewers;
};
[[nodiscard]] Json to_json(const AccessRow& row);
[[nodiscard]] AccessRow access_row_from(const Json& value);

// The holder, and of a delegation who acts for him: none of them decides the row.
[[nodiscard]] std::set<std::string> holders_of(const AccessRow& row);

// What the list is made from.
struct AccessSight {
  std::string commit;  // of main, hex
  std::uint64_t log_size = 0;
  Instant at;
};
[[nodiscard]] std::vector<AccessRow> gather_access(store::Store& store, const AccessSight& sight);
void assign_reviewers(store::Store& store, const store::Snapshot& evidence, Date day,
                      std::vector<AccessRow>& rows);

// Who holds the right on that day.
[[nodiscard]] std::set<std::string> reviewing_on(const store::Snapshot& evidence, Date day);

// 特別權限: may make accounts, give rights, certify, maintain the store or destroy.
[[nodiscard]] bool is_privileged(const Role& role);

}  // namespace vermilion::identity
