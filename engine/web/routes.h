// Every page of the site, with its path and who may ask for it.
//
// Threads  Handlers run on any worker; what they share is in Site.
// Errors   A handler may throw Error; Site::answer makes a page of it.
#pragma once
#include <string>
#include <vector>

#include "web/visit.h"

namespace vermilion::web {

// limited: whoever signed in, even with a password that has to be changed first. unbound: not for an auditor who is held to a scope, as it
// is about the whole of the store.
enum class Access { anyone, limited, signed_in, unbound };

struct Route {
  const char* method;
  const char* pattern;  // "/documents/{id}/pdf"
  Access access;
  const char* right;  // without which there is neither the page nor its place in the menu; "" none
  Response (*handler)(Visit&);
  bool takes_files = false;  // also by multipart/form-data, which is no form anywhere else
};

[[nodiscard]] const std::vector<Route>& routes();
// Whether the person holds the right of that route.
[[nodiscard]] bool may_ask_for(Visit& visit, const std::string& method, const std::string& pattern);
// Throws forbidden "no-right" or "outside-scope", logged as "page GET /retention/{id}".
void require_route(Visit& visit, const Route& route);
// Whether the segments fit the pattern; then what "{id}" and the like stand for.
[[nodiscard]] std::optional<Fields> match(const char* pattern,
                                          const std::vector<std::string>& path);

struct Found {
  const Route* route = nullptr;
  Fields captured;
  bool path_known = false;  // by another method
};
[[nodiscard]] Found find_route(const std::string& method, const std::vector<std::string>& path);

// login/
Response show_login(Visit& visit);
Response log_in(Visit& visit);
Response log_out(Visit& visit);
Response show_held(Visit& visit);
Response show_password(Visit& visit);
Response change_password(Visit& visit);
Response show_passkey_login(Visit& visit);
Response log_in_by_passkey(Visit& visit);
Response show_password_link(Visit& visit);
Response use_password_link(Visit& visit);
Response show_passkeys(Visit& visit);
Response change_passkeys(Visit& visit);
Response show_second_factor(Visit& visit);
Response change_second_factor(Visit& visit);
Response go_to_agency(Visit& visit);
Response come_from_agency(Visit& visit);
Response show_again(Visit& visit);
Response prove_again(Visit& visit);
// paper/: for whoever holds a printed page
Response show_paper(Visit& visit);
// authority/: for whoever checks signatures without us
Response authority_crl(Visit& visit);
Response authority_chain(Visit& visit);
// home/
Response show_home(Visit& visit);
// documents/
Response list_documents(Visit& visit);
Response show_document(Visit& visit);
Response document_pdf(Visit& visit);
Response document_file(Visit& visit);
// diff/
Response show_diff(Visit& visit);
Response diff_pdf(Visit& visit);
// round/: review, countersign, approve, return, publish
Response show_round(Visit& visit);
Response take_step(Visit& visit);
Response review_pdf(Visit& visit);
Response change_files(Visit& visit);
Response attach_file(Visit& visit);
Response record_attachment(Visit& visit);
// agreement/
Response show_agreement(Visit& visit);
Response sign_agreement(Visit& visit);
Response show_receipt(Visit& visit);
// records/
Response list_records(Visit& visit);
Response show_record(Visit& visit);
Response record_pdf(Visit& visit);
Response sign_record(Visit& visit);
// search/
Response show_search(Visit& visit);
// retention/
Response show_retention(Visit& visit);
Response propose_disposal(Visit& visit);
Response show_disposal(Visit& visit);
Response approve_disposal(Visit& visit);
Response withdraw_disposal(Visit& visit);
Response execute_disposal(Visit& visit);
Response disposal_pdf(Visit& visit);
// access/: everybody's access, reviewed every half-year
Response list_access_reviews(Visit& visit);
Response open_access_review(Visit& visit);
Response show_access_review(Visit& visit);
Response access_review_csv(Visit& visit);
Response access_review_pdf(Visit& visit);
Response decide_access_rows(Visit& visit);
Response propose_improvements(Visit& visit);
Response approve_access_review(Visit& visit);
Response execute_access_review(Visit& visit);
// pack/: the management review
Response show_pack(Visit& visit);
Response pack_pdf(Visit& visit);
// people/: accounts, from joining to leaving
Response show_people(Visit& visit);
Response add_person(Visit& visit);
Response show_person(Visit& visit);
Response change_person(Visit& visit);
Response reset_password(Visit& visit);
// delegations/: who acts for whom
Response list_delegations(Visit& visit);
Response grant_delegation(Visit& visit);
Response show_delegation(Visit& visit);
Response end_delegation(Visit& visit);
// key/: one's own key in the browser, and the requests of others
Response show_key(Visit& visit);
Response ask_for_key(Visit& visit);
Response take_back_key(Visit& visit);
Response list_key_requests(Visit& visit);
Response show_key_request(Visit& visit);
Response confirm_key_request(Visit& visit);
Response refuse_key_request(Visit& visit);
// sign/: what was prepared, signed in the browser
Response show_signing(Visit& visit);
Response sign_awaited(Visit& visit);
// rights/: the rights matrix
Response show_rights(Visit& visit);
Response rights_csv(Visit& visit);
// audits/: approved scopes, and what the auditors looked at
Response show_audits(Visit& visit);
Response show_trail(Visit& visit);
Response approve_audit(Visit& visit);
Response end_audit(Visit& visit);
Response confirm_copy(Visit& visit);
// authorisations/: to open what is classified
Response show_authorisations(Visit& visit);
Response authorise_opening(Visit& visit);
Response end_authorisation(Visit& visit);
// opening/: asks for the purpose before the page that needs one
Response ask_purpose(Visit& visit, const Error& error);
// verify/
Response show_verify(Visit& visit);
Response run_verify(Visit& visit);

}  // namespace vermilion::web
