// Authorisations to open what is classified, as the head of a unit gives them.
//
// Errors   As identity/authorisation.h; forbidden "authorises-self", invalid "bad-authorisation"; refusals are logged.
// Source   肆/七/(四)/1.
#pragma once
#include "service/context.h"

namespace vermilion::service {

struct OpeningRequest {
  std::string account;
  std::string document;  // this, or
  std::string form;
  std::string purpose;
  std::string from;  // "" today
  std::string to;
};
// Under the right classified.authorise for the unit that owns the document. {id, …, act, log_index}
[[nodiscard]] Json authorise_opening(Context& context, const OpeningRequest& request);
// `because` is added to the log entry: "access-review 01J… row 7".
[[nodiscard]] Json end_authorisation(Context& context, const std::string& id,
                                     const std::string& because = "");
// [{id, account, unit, document | form, purpose, from, to, authoriser, ended}]: for oneself and by oneself; all with classified.authorise.
[[nodiscard]] Json list_authorisations(Context& context);

}  // namespace vermilion::service
