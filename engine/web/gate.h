// What stands between a form and its deed: cookies, the origin of a request, the token in the form.
//
// Rule     A POST counts only if the browser says that it comes from our own pages (Origin, Sec-Fetch-Site) and it brings the token
//          of its session; the sign-in form brings the token of a cookie set with it. One of the two fields must be there: every
//          browser sends at least Origin with a POST.
// Errors   forbidden "foreign-form", "stale-form".
#pragma once
#include <optional>

#include "web/message.h"
#include "web/sessions.h"

namespace vermilion::web {

// "__Host-": Secure, no Domain, Path=/: no other host and no plain connection can set or read it.
inline constexpr const char* kSessionCookie = "__Host-vermilion";
inline constexpr const char* kLoginCookie = "__Host-vermilion-login";

// Goes with who comes back from the agency's sign-in service, as a Strict cookie does not.
inline constexpr const char* kAgencyCookie = "__Host-vermilion-agency";

[[nodiscard]] std::optional<Session> session_of(const Request& request, Sessions& sessions);
[[nodiscard]] std::optional<Session> locked_session_of(const Request& request, Sessions& sessions);
// The token that the sign-in form was sent with.
[[nodiscard]] std::string login_token_of(const Request& request);
[[nodiscard]] std::string agency_token_of(const Request& request);
void require_own_form(const Request& request, const std::optional<Session>& session);

[[nodiscard]] std::pair<std::string, std::string> set_cookie(const char* name,
                                                             const std::string& value);
[[nodiscard]] std::pair<std::string, std::string> set_lax_cookie(const char* name,
                                                                 const std::string& value);
[[nodiscard]] std::pair<std::string, std::string> clear_cookie(const char* name);

// To the sign-in form, and from there back to what was asked for if it was a page. `why`: "locked", "kept" (and what was typed is
// kept), or "".
[[nodiscard]] Response sign_in_first(const Request& request, const std::string& why = "");
// A path of this site to go on to, else "/".
[[nodiscard]] std::string safe_next(const std::string& wanted);

}  // namespace vermilion::web
