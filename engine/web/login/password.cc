// One's own password: at any time, and first of all when it was given out or has grown old.
#include "service/passwords.h"
#include "web/gate.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

Response password_page(Visit& visit, const Error* problem) {
  const auto rules = service::password_rules(visit.context());
  return visit.page("login/password", "變更密碼",
                    {{"temporary", visit.change_first == "temporary"},
                     {"expired", visit.change_first == "expired"},
                     {"account", visit.session->account},
                     {"done", visit.request.asked("done") == "1"},
                     {"rules", rules}},
                    problem);
}

}  // namespace

void require_typed_twice(const Request& request) {
  if (request.field("new_password") == request.field("new_password_again")) return;
  throw Error(
      Failure::invalid, "password-mistyped",
      {"兩次輸入的新密碼不同，請重新輸入", "the new password was not typed the same twice"});
}

Response show_password(Visit& visit) { return password_page(visit, nullptr); }

Response change_password(Visit& visit) {
  const auto account = visit.session->account;
  try {
    require_typed_twice(visit.request);
    const HeavyWork heavy(visit.site().secrets);
    (void)service::change_password(visit.context(), {account, visit.request.field("password")},
                                   visit.request.field("new_password"));
  } catch (const Error& error) {
    const auto problem = told_of_password(error, "wrong-password",
                                          {"目前的密碼不正確，密碼沒有變更；連續錯誤會鎖定帳號",
                                           "the current password is wrong and nothing was changed; "
                                           "repeated failures lock the account"});
    return password_page(visit, &problem);
  }
  // Every session that began with the old password is over; this browser goes on with a fresh one.
  visit.site().sessions.end(visit.session->id);
  auto response = redirect("/account/password?done=1");
  response.fields.push_back(set_cookie(kSessionCookie, begin_session(visit, account).id));
  return response;
}

}  // namespace vermilion::web
