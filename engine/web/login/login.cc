// Sign in and out. Every failed sign-in gets the same answer, and the next one waits longer.
#include <thread>

#include "web/gate.h"
#include "web/login/proof.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

Response form(Visit& visit, const std::string& next, const Error* problem) {
  const auto token = random_token();
  auto response =
      visit.page("login/login", "登入", {{"login_token", token}, {"next", next}}, problem);
  response.fields.push_back(set_cookie(kLoginCookie, token));
  return response;
}

// As the person is known once signed in.
Session begin_session(Visit& visit, const std::string& account) {
  service::Caller caller;
  caller.credentials.account = account;
  caller.from = "web:" + visit.request.address;
  caller.signed_in = true;
  auto& site = visit.site();
  service::Context context(site.disk, site.clock, site.store, caller);
  const auto& profile = context.session().profile;
  return site.sessions.begin(account, profile.name, profile.unit);
}

}  // namespace

void prove_password(Visit& visit, const std::string& account) {
  auto& site = visit.site();
  const auto& address = visit.request.address;
  std::this_thread::sleep_for(site.delays.before(account, address));
  const HeavyWork heavy(site.secrets);
  try {
    service::Caller caller;
    caller.from = "web:" + address;
    service::Context context(site.disk, site.clock, site.store, caller);
    service::sign_in(context, account, visit.request.field("password"));
    site.delays.succeeded(account, address);
  } catch (const Error& error) {
    if (error.code() == "login-failed") site.delays.failed(account, address);
    throw;
  }
}

Error told_of_password(const Error& error) {
  return error.code() == "login-failed" ? Error(Failure::forbidden, "sign-in-failed", error.said())
                                        : error;
}

Response show_login(Visit& visit) {
  if (visit.session) return redirect("/");
  return form(visit, safe_next(visit.request.asked("next")), nullptr);
}

Response log_in(Visit& visit) {
  const auto account = visit.request.field("account");
  const auto next = safe_next(visit.request.field("next"));
  try {
    prove_password(visit, account);
  } catch (const Error& error) {
    visit.session.reset();
    const auto problem = told_of_password(error);
    return form(visit, next, &problem);
  }
  if (visit.session) visit.site().sessions.end(visit.session->id);
  auto response = redirect(next);
  response.fields.push_back(set_cookie(kSessionCookie, begin_session(visit, account).id));
  response.fields.push_back(clear_cookie(kLoginCookie));
  return response;
}

Response log_out(Visit& visit) {
  visit.site().sessions.end(visit.session->id);
  auto response = redirect("/login");
  response.fields.push_back(clear_cookie(kSessionCookie));
  return response;
}

}  // namespace vermilion::web
