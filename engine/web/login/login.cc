// Sign in and out, and back to what was being typed. Every failed sign-in gets the same answer.
#include "base/uri.h"
#include "service/passwords.h"
#include "web/gate.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

// By the agency's directory, if that button was pressed; else by the password kept here.
std::optional<service::AgencyProof> prove(Visit& visit, const service::SignIn& typed) {
  auto& site = visit.site();
  service::Context context(site.disk, site.clock, site.store, nobody_yet(visit));
  if (visit.request.field("by") == "directory")
    return service::sign_in_by_directory(context, typed);
  const HeavyWork heavy(site.secrets);
  (void)service::sign_in(context, typed);
  return std::nullopt;
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
  caller.closed_roles.clear();
  return caller;
}

Response login_form(Visit& visit, const std::string& next, const Error* problem) {
  const auto token = problem ? login_token_of(visit.request) : random_token();
  const auto ways = service::sign_in_ways(visit.context());
  // Switched off, it is still there for who was told to ask for it: the glass may be broken for him.
  const bool local =
      ways.local || visit.request.asked("local") == "1" || visit.request.field("by") == "local";
  auto response = visit.page("login/login", "登入",
                             {{"login_token", token},
                              {"next", next},
                              {"next_encoded", percent_encoded(next)},
                              {"local", local},
                              {"directory", ways.directory},
                              {"oidc", ways.oidc},
                              {"typed", local || ways.directory},
                              {"locked", visit.request.asked("locked") == "1"},
                              {"chosen", visit.request.asked("chosen") == "1"},
                              {"kept", visit.request.asked("kept") == "1"}},
                             problem);
  response.fields.push_back(set_cookie(kLoginCookie, token));
  return response;
}

// As the person is known once signed in, by the password as it stands.
Session begin_session(Visit& visit, const std::string& account,
                      const service::AgencyProof* agency) {
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
  if (agency) {
    session.way = agency->way;
    session.link = agency->link;
    session.directory_name = agency->name;
    session.closed_roles = agency->closed_roles;
    session.proved = agency->proved;
  }
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
  const service::SignIn typed{visit.request.field("account"), visit.request.field("password"),
                              visit.request.field("code")};
  const auto next = safe_next(visit.request.field("next"));
  std::optional<service::AgencyProof> agency;
  try {
    agency = prove(visit, typed);
  } catch (const Error& error) {
    visit.session.reset();
    const auto problem = told_of_password(error, "sign-in-failed", error.said());
    return login_form(visit, next, &problem);
  }
  return agency ? enter(visit, agency->account, next, &*agency) : enter(visit, typed.account, next);
}

Response enter(Visit& visit, const std::string& account, const std::string& next,
               const service::AgencyProof* agency) {
  auto& site = visit.site();
  if (visit.session) site.sessions.end(visit.session->id);
  if (const auto locked = locked_session_of(visit.request, site.sessions))
    site.sessions.end(locked->id);
  auto response = redirect(site.held.find(account) ? "/held" : next);
  response.fields.push_back(set_cookie(kSessionCookie, begin_session(visit, account, agency).id));
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
