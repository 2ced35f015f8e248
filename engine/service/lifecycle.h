// An account from joining to leaving, as those who answer for it work with it.
//
// Rights   person.authorise to authorise, extend, move and open again; person.leave to tell of a leaver; person.disable to close his
//          accounts, and to disable idle ones.
// Errors   as identity/lifecycle.h; conflict "agreement-missing": what the person must sign first.
// Source   seed 肆/三/(一), 肆/八/(三); stories S3, S4.
#pragma once
#include <limits>
#include <string>
#include <vector>

#include "records/forms.h"
#include "service/context.h"

namespace vermilion::service {

// "waiting" (for its authorisation), "active", "disabled", "expired", "gone" (a leaver's), "closed".
[[nodiscard]] std::string account_state(const model::Person& person, Date day);
struct AccountsRequest {
  std::string find = {};   // in account, name, unit or title; "" anything
  std::string after = {};  // accounts that come after this one
  std::size_t limit = std::numeric_limits<std::size_t>::max();
};
// {accounts: [{account, name, unit, title, state, shared, roles[]}], count, more}: by account, as of context.day(), with the roles in
// force then; how many there are in all, and whether some follow the last one shown. What is not shown is read only to be found.
[[nodiscard]] Json list_accounts(Context& context, const AccountsRequest& request);

// Agreements that the person's roles ask for and that he has not signed as they stand now.
[[nodiscard]] std::vector<model::Form> missing_agreements(const store::Snapshot& evidence,
                                                          const model::Person& person, Date day);

// [{id, title, version}]: the same of that account, before it is authorised; afterwards nothing.
[[nodiscard]] Json agreements_to_sign(Context& context, const std::string& account);
// Throws conflict "agreement-missing". Whoever gets his first role after the authorisation owes the same.
void require_agreements(Context& context, const model::Person& person);
// What was signed of the account, oldest first: [{change, meaning, day, unit, title, at, account, signer,
// role}]; the day that it is about, and what a move gives, or "".
[[nodiscard]] Json account_changes(Context& context, const std::string& account);

// Each answers {account, change, act, log_index}.
[[nodiscard]] Json authorise_person(Context& context, const std::string& account);
[[nodiscard]] Json extend_person(Context& context, const std::string& account,
                                 const std::string& until);
[[nodiscard]] Json reopen_person(Context& context, const std::string& account);
struct MoveRequest {
  std::string account;
  std::string unit;
  std::string title;
  std::string from;  // "" today
};
[[nodiscard]] Json move_person(Context& context, const MoveRequest& request);
[[nodiscard]] Json leave_person(Context& context, const std::string& account,
                                const std::string& last_day);  // "" today
[[nodiscard]] Json close_person(Context& context, const std::string& account);

// Who held the role on context.day(), for that unit when one is named: [{account, name, of, title, unit, from, to}]; `of` and `title`
// are the person's own unit and title on that day.
[[nodiscard]] Json role_holders(Context& context, const std::string& role, const std::string& unit);

// Disables every account that nobody signed in to for as long as rules/profile.json allows, an act for each: [account…]. The server
// does it daily, and who has person.disable at any time. The last one who grants roles stays.
Json disable_idle(Context& context);

}  // namespace vermilion::service
