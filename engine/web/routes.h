// Every page of the site, with its path and who may ask for it.
//
// Threads  Handlers run on any worker; what they share is in Site.
// Errors   A handler may throw Error; Site::answer makes a page of it.
#pragma once
#include <string>
#include <vector>

#include "web/visit.h"

namespace vermilion::web {

enum class Access { anyone, signed_in };

struct Route {
  const char* method;
  const char* pattern;  // "/documents/{id}/pdf"
  Access access;
  Response (*handler)(Visit&);
};

[[nodiscard]] const std::vector<Route>& routes();
// Whether the segments fit the pattern; then what "{id}" and the like stand for.
[[nodiscard]] std::optional<Fields> match(const char* pattern,
                                          const std::vector<std::string>& path);

// login/
Response show_login(Visit& visit);
Response log_in(Visit& visit);
Response log_out(Visit& visit);
// authority/: for whoever checks signatures without us
Response authority_crl(Visit& visit);
Response authority_chain(Visit& visit);
// home/
Response show_home(Visit& visit);
// documents/
Response list_documents(Visit& visit);
Response show_document(Visit& visit);
Response document_pdf(Visit& visit);
// diff/
Response show_diff(Visit& visit);
// round/: review, countersign, approve, return, publish
Response show_round(Visit& visit);
Response take_step(Visit& visit);
Response review_pdf(Visit& visit);
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
// pack/: the management review
Response show_pack(Visit& visit);
Response pack_pdf(Visit& visit);
// verify/
Response show_verify(Visit& visit);
Response run_verify(Visit& visit);

}  // namespace vermilion::web
