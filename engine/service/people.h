// Accounts and roles (delegations: delegations.h; certificates: certificates.h), as an administrator works with them.
//
// Errors  as identity/enrolment.h; refusals are logged.
#pragma once
#include <string>

#include "base/json.h"
#include "service/certificates.h"
#include "service/context.h"

namespace vermilion::service {

struct PersonRequest {
  std::string account;
  model::Profile profile;
  std::string expires = {};    // last day, "" none
  std::string approval = {};   // of a shared account: number of the approval,
  std::string custodian = {};  // and the account that answers for it
  std::string link_site = {};  // a one-time link to there instead of a temporary password
  bool mail = false;           // and by mail (service/password_link.h)
};
// The answer holds the temporary password, or `until`, `link` and `mail` as give_password_link has them; it is told this once. Nobody can use the account before it is authorised:
// service/lifecycle.h.
[[nodiscard]] Json add_person(Context& context, const PersonRequest& request);
[[nodiscard]] Json show_person(Context& context, const std::string& account);
[[nodiscard]] Json disable_person(Context& context, const std::string& account,
                                  const std::string& from);

struct RoleRequest {
  std::string account;
  std::string role;
  std::string unit;
  std::string from;  // "" today
  std::string to;    // "" open; for a revocation the last day, "" yesterday's end is today
};
[[nodiscard]] Json grant_role(Context& context, const RoleRequest& request);
[[nodiscard]] Json revoke_role(Context& context, const RoleRequest& request);
[[nodiscard]] Json list_roles(Context& context);  // the roles and their rights

}  // namespace vermilion::service
