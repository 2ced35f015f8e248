// Handing over a credential by a one-time link: an administrator gives it out, and who opens it in time chooses his own password.
//
// Rule     Given out as a temporary password is, and in its place (identity/password_link.h): told once, never logged. A mail carries the link
//          alone, never a password. Choosing is counted and locked as a sign-in is (service/attempt.h); of a link that is expired, used,
//          superseded or unknown, or of an account that may not be used now, the person learns the same, after the same work. It signs nobody in.
// Log      kind "password" on "account <account> link", by the administrator; on "account <account> by-link", in the person's own name and
//          with where he came from: the receipt. kind "notice" on "account <account> password-link" and "password": what was mailed.
// Errors   invalid "bad-site", and as identity/login_secrets.h; forbidden "login-failed", "no-right".
// Source   seed 肆/五/(三)/3/(2); system_checklist SC-22.
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct LinkRequest {
  std::string account;
  std::string site;   // as browsers here open it: "https://isms.example.gov.tw"
  bool mail = false;  // to the address that is filed for him
};
// {account, act, log_index, until, link}. With `mail` also "mail", as service/notices.h tells it; `link` then only if no mail went out.
[[nodiscard]] Json give_password_link(Context& context, const LinkRequest& request);

// Throws invalid "bad-site" unless links can lead there.
void require_site(const std::string& site);

struct LinkUse {
  std::string account;
  std::string token;
  std::string wanted;  // the password chosen
};
// {account, act, log_index}
[[nodiscard]] Json choose_password(Context& context, const LinkUse& use);

}  // namespace vermilion::service
