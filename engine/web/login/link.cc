// Choosing a password by a one-time link. To look at the page uses nothing up and tells nothing: mail scanners open every link. Only the form
// is judged, and every link that does not count gets the same answer.
#include "service/password_link.h"
#include "service/passwords.h"
#include "web/gate.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

Response link_page(Visit& visit, const Error* problem) {
  visit.session.reset();  // whoever is signed in here: the link is another matter
  const auto token = problem ? login_token_of(visit.request) : random_token();
  auto response = visit.page(
      "login/link", "自訂密碼",
      {{"login_token", token}, {"rules", service::password_rules(visit.context())}}, problem);
  response.fields.push_back(set_cookie(kLoginCookie, token));
  // The address is a secret: not even our own style sheet is asked for with it.
  response.fields.emplace_back("Referrer-Policy", "strict-origin");
  return response;
}

}  // namespace

Response show_password_link(Visit& visit) { return link_page(visit, nullptr); }

Response use_password_link(Visit& visit) {
  auto& site = visit.site();
  try {
    require_typed_twice(visit.request);
    const HeavyWork heavy(site.secrets);
    service::Context context(site.disk, site.clock, site.store, nobody_yet(visit));
    (void)service::choose_password(
        context, {visit.part("account"), visit.part("token"), visit.request.field("new_password")});
  } catch (const Error& error) {
    const auto problem = told_of_password(
        error, "link-refused",
        {"這個連結不能使用：可能已用過、已逾期、已換發新的，或帳號尚未核准或已停用。請向系統管理人"
         "員"
         "索取新的連結",
         "this link cannot be used: it was used, has expired or was replaced, or the account is "
         "not open. Ask an administrator for a new one"});
    return link_page(visit, &problem);
  }
  auto response = redirect("/login?chosen=1");
  response.fields.push_back(clear_cookie(kLoginCookie));
  return response;
}

}  // namespace vermilion::web
