// Sign in and out, and back to what was being typed. Every failed sign-in gets the same answer.
#include "service/passwords.h"
#include "web/gate.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

// After a failure with the token it came with, so that equal requests get equal answers.
Response login_form(Visit& visit, const std::string& next, const Error* problem) {
  const auto token = problem ? login_token_of(visit.request) : random_token();
  auto response = visit.page("login/login", "登入",
                             {{"login_token", token},
                              {"next", next},
                              {"next_encoded", percent_encoded(next)},
                              {"locked", visit.request.asked("locked") == "1"},
                              {"kept", visit.request.asked("kept") == "1"}},
                             problem);
  response.fields.push_back(set_cookie(kLoginCookie, token));
  return response;
}

void prove(Visit& visit, const std::string& account) {
  auto& site = visit.site();
  const HeavyWork heavy(site.secrets);
  service::Context context(site.disk, site.clock, site.store, nobody_yet(visit));
  (void)service::sign_in(context,
                         {account, visit.request.field("password"), visit.request.field("code")});
}

Request as_page(const Request& asked, const HeldForm& form) {
  auto request = asked;
  request.path = form.path;
  request.form = request.query = form.fields;
  while (!request.path.empty() && !find_route("GET", request.path).route) request.path.pop_back();
  return request;
}

Json field_list(const Fields& fields) {
  Json list = Json::array();
  for (const auto& [name, value] : fields) list.push_back({{"name", name}, {"value", value}});
  return list;
}

}  // namespace

service::Caller nobody_yet(const Visit& visit) {
  auto caller = visit.caller();
  caller.credentials.account.clear();
  caller.signed_in = false;
  return caller;
}

// As the person is known once signed in, by the password as it stands.
Session begin_session(Visit& visit, const std::string& account) {
  auto caller = visit.caller();
  caller.credentials.account = account;
  caller.signed_in = true;
  auto& site = visit.site();
  service::Context context(site.disk, site.clock, site.store, caller);
  const auto& profile = context.session().profile;
  Session session;
  session.account = account;
  session.name = profile.name;
  session.unit = profile.unit;
  session.password_mark = service::password_state(context, account).mark;
  session.idle = service::idle_time(context);
  return site.sessions.begin(std::move(session));
}

// problem_json says of a failed sign-in what is true of a signature; here it is the password.
Error told_of_password(const Error& error, const char* code, const Said& said) {
  return error.code() == "login-failed" ? Error(Failure::forbidden, code, said) : error;
}

Response show_login(Visit& visit) {
  if (visit.session) return redirect("/");
  return login_form(visit, safe_next(visit.request.asked("next")), nullptr);
}

Response log_in(Visit& visit) {
  const auto account = visit.request.field("account");
  const auto next = safe_next(visit.request.field("next"));
  try {
    prove(visit, account);
  } catch (const Error& error) {
    visit.session.reset();
    const auto problem = told_of_password(error, "sign-in-failed", error.said());
    return login_form(visit, next, &problem);
  }
  return enter(visit, account, next);
}

Response enter(Visit& visit, const std::string& account, const std::string& next) {
  auto& site = visit.site();
  if (visit.session) site.sessions.end(visit.session->id);
  if (const auto locked = locked_session_of(visit.request, site.sessions))
    site.sessions.end(locked->id);
  auto response = redirect(site.held.find(account) ? "/held" : next);
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

// The page that the form stood on, with what was typed in it; and all of it in words, should the page lack a place for something.
Response show_held(Visit& visit) {
  const auto form = visit.site().held.find(visit.session->account);
  if (!form) return redirect("/");
  visit.restored = {{"fields", field_list(form->fields)}};
  const auto request = as_page(visit.request, *form);
  Visit inner(visit.site(), request, visit.session);
  auto found = find_route("GET", request.path);
  inner.captured = std::move(found.captured);
  inner.restored = visit.restored;
  return found.route->handler(inner);
}

}  // namespace vermilion::web
