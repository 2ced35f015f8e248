#include "web/gate.h"

#include "base/error.h"
#include "base/uri.h"

namespace vermilion::web {
namespace {

constexpr const char* kAttributes = "; Path=/; Secure; HttpOnly; SameSite=Strict";

[[noreturn]] void foreign_form() {
  throw Error(Failure::forbidden, "foreign-form",
              {"這個表單不是由本網站的頁面送出的，沒有執行；請由本網站重新操作",
               "this form was not sent from a page of this site and nothing was done; start again "
               "from the site"});
}

[[noreturn]] void stale_form() {
  throw Error(Failure::forbidden, "stale-form",
              {"這一頁已經過時（可能重新登入過），沒有執行；請重新載入頁面後再送出",
               "this page is out of date (perhaps you signed in again) and nothing was done; "
               "reload it and send again"});
}

std::string cookie(const Request& request, const char* name) {
  const auto found = request.cookies.find(name);
  return found == request.cookies.end() ? "" : found->second;
}

void require_own_origin(const Request& request) {
  if (request.origin.empty() && request.fetch_site.empty()) foreign_form();
  if (!request.origin.empty() && request.origin != "https://" + request.host) foreign_form();
  if (!request.fetch_site.empty() && request.fetch_site != "same-origin") foreign_form();
}

// Of nobody yet, whoever he was before; "/login/again" is a page of his session.
bool is_sign_in(const Request& request) {
  const auto& path = request.path;
  return !path.empty() && path.front() == "login" && path.back() != "again";
}

}  // namespace

std::optional<Session> session_of(const Request& request, Sessions& sessions) {
  return sessions.find(cookie(request, kSessionCookie));
}

std::optional<Session> locked_session_of(const Request& request, Sessions& sessions) {
  return sessions.find_locked(cookie(request, kSessionCookie));
}

std::string login_token_of(const Request& request) { return cookie(request, kLoginCookie); }

std::string agency_token_of(const Request& request) { return cookie(request, kAgencyCookie); }

void require_own_form(const Request& request, const std::optional<Session>& session) {
  require_own_origin(request);
  const auto expected =
      session && !is_sign_in(request) ? session->form_token : cookie(request, kLoginCookie);
  if (expected.empty() || !same_secret(expected, request.field("form_token"))) stale_form();
}

std::pair<std::string, std::string> set_cookie(const char* name, const std::string& value) {
  return {"Set-Cookie", std::string(name) + "=" + value + kAttributes};
}

std::pair<std::string, std::string> set_lax_cookie(const char* name, const std::string& value) {
  return {"Set-Cookie",
          std::string(name) + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax"};
}

std::pair<std::string, std::string> clear_cookie(const char* name) {
  return {"Set-Cookie", std::string(name) + "=; Max-Age=0" + kAttributes};
}

Response sign_in_first(const Request& request, const std::string& why) {
  if (request.wants_json) {
    throw Error(Failure::forbidden, "sign-in-needed", {"請先登入", "sign in first"});
  }
  std::string path;
  for (const auto& segment : request.path) path += "/" + percent_encoded(segment);
  const bool page = request.method == "GET" && !path.empty();
  std::string query = page ? "?next=" + percent_encoded(path) : "";
  if (!why.empty()) query += (query.empty() ? "?" : "&") + why + "=1";
  return redirect("/login" + query);
}

std::string safe_next(const std::string& wanted) {
  const auto path = wanted.starts_with("//") ? std::nullopt : parse_path(wanted);
  if (!path) return "/";
  std::string encoded;
  for (const auto& segment : *path) encoded += "/" + percent_encoded(segment);
  return encoded.empty() ? "/" : encoded;
}

}  // namespace vermilion::web
