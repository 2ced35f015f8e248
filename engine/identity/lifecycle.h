// From joining to leaving: an account is added, authorised by another person, extended, moved, opened again, left and closed.
//
// Shape    Statements of kind approval (join, extend, move, reopen, close) and notification (leave) with subject {"type":"account",
//          "account", "change", …}, filed below people/<account>/lifecycle/; docs-src/formats/statement.md lists the members.
// Rules    Who added an account does not authorise it, nor does its holder (evidence/duties.h). While nobody else could, he who added
//          it may: the statement says "alone". The authorisation names roles, last day and, of a shared account, approval and custodian.
//          A leaver is closed only when none of his accounts, roles and charges is left; closing revokes his certificates.
// Errors   conflict "account-authorised", "account-not-authorised", "account-changed", "account-left", "account-open",
//          "account-in-charge", "account-in-use", "expiry-needed"; forbidden from the duties table; invalid "bad-interval".
// Source   seed 肆/三/(一)/4, 肆/八/(三)/1-3; SC-01 to SC-07; docs-src/adr/0013-accounts-open-by-a-second-signature.md.
#pragma once
#include "identity/signing.h"
#include "model/person.h"

namespace vermilion::identity {

inline constexpr const char* kFounder = "init";  // who added the first account of a store
inline constexpr const char* kAuthoriseRight = "person.authorise";

[[nodiscard]] std::string lifecycle_folder(const std::string& account);
// Throws conflict "account-left".
void require_not_left(const model::Person& person);
// Somebody besides who added the account and who is to use it.
[[nodiscard]] bool others_could_authorise(const store::Snapshot& evidence,
                                          const model::Person& person, Date day);
// What an authorisation says of the account: {added_by, expires, shared, roles}.
[[nodiscard]] Json joined_as(const model::Person& person);

[[nodiscard]] Prepared prepare_authorisation(store::Store& store, const std::string& account,
                                             const model::SignerFields& signer,
                                             const store::Act& act);
// Another last day, from today on; before the authorisation too.
[[nodiscard]] Prepared prepare_extension(store::Store& store, const std::string& account,
                                         Date expires, const model::SignerFields& signer,
                                         const store::Act& act);
// Of an account disabled because it was idle, or by mistake.
[[nodiscard]] Prepared prepare_reopening(store::Store& store, const std::string& account,
                                         const model::SignerFields& signer, const store::Act& act);

struct Move {
  std::string account;
  model::Post post;  // from then on; roles held for the unit before it end the day before
};
[[nodiscard]] Prepared prepare_move(store::Store& store, const Move& wanted,
                                    const model::SignerFields& signer, const store::Act& act);

// Every role ends on `last_day`, and with it the account.
[[nodiscard]] Prepared prepare_leave(store::Store& store, const std::string& account, Date last_day,
                                     const model::SignerFields& signer, const store::Act& act);
[[nodiscard]] Prepared prepare_close(store::Store& store, const std::string& account,
                                     const model::SignerFields& signer, const store::Act& act);

}  // namespace vermilion::identity
