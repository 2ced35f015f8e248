// Signing in with a passkey, and proving by one who is still there. Every failure gets the same answer as with a password.
#include "web/login/passkey.h"

#include "base/uri.h"
#include "web/gate.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

// Bound to the cookie of the sign-in form, as there is no session yet.
std::string sign_in_purpose(const std::string& login_token) { return "sign-in " + login_token; }

Bytes bytes_in(const Visit& visit, const char* field) {
  return from_base64(visit.request.field(field)).value_or("");
}

Response passkey_form(Visit& visit, const std::string& next, const Error* problem) {
  const auto token = problem ? login_token_of(visit.request) : random_token();
  auto response = visit.page("login/passkey", "以通行金鑰登入",
                             {{"login_token", token},
                              {"next", next},
                              {"next_encoded", percent_encoded(next)},
                              {"site", passkey_site_name(visit)},
                              {"with_password", !service::passkey_alone(visit.context())},
                              {"challenge", visit.site().challenges.issue(sign_in_purpose(token))}},
                             problem, "passkey");
  response.fields.push_back(set_cookie(kLoginCookie, token));
  return response;
}

// The account of whoever the passkey shows to be there.
std::string proved_account(Visit& visit) {
  auto& site = visit.site();
  const HeavyWork heavy(site.secrets);
  service::Context context(site.disk, site.clock, site.store, nobody_yet(visit));
  service::SignIn typed;
  if (!service::passkey_alone(context))
    typed = {visit.request.field("account"), visit.request.field("password")};
  return service::sign_in_by_passkey(
             context, passkey_proof(visit, sign_in_purpose(login_token_of(visit.request))), typed)
      .person.account;
}

}  // namespace

std::string passkey_site_name(const Visit& visit) {
  const auto site = service::passkey_site(visit.request.host);
  return site ? site->name : "";
}

std::string session_purpose(const Visit& visit, const std::string& purpose) {
  return purpose + " " + visit.session->id;
}

service::PasskeyProof passkey_proof(Visit& visit, const std::string& purpose) {
  return {visit.site().challenges,
          purpose,
          service::passkey_site(visit.request.host).value_or(service::PasskeySite()),
          bytes_in(visit, "credential"),
          bytes_in(visit, "handle"),
          bytes_in(visit, "client_data"),
          bytes_in(visit, "data"),
          bytes_in(visit, "signature")};
}

Json passkey_asked(Visit& visit, const std::string& purpose) {
  const auto site = passkey_site_name(visit);
  std::string allow;
  if (!site.empty()) {
    for (const auto& one : service::list_passkeys(visit.context(), visit.session->account, site))
      allow += (allow.empty() ? "" : " ") + require_string(one, "id");
  }
  return {{"challenge", visit.site().challenges.issue(session_purpose(visit, purpose))},
          {"site", site},
          {"allow", allow}};
}

void prove_afresh(Visit& visit, const std::string& purpose) {
  const auto& account = visit.session->account;
  if (!visit.request.field("credential").empty()) {
    (void)service::prove_by_passkey(visit.context(),
                                    passkey_proof(visit, session_purpose(visit, purpose)), account);
    return;
  }
  const HeavyWork heavy(visit.site().secrets);
  (void)service::prove_password(visit.context(), {account, visit.request.field("password")});
}

Response show_passkey_login(Visit& visit) {
  if (visit.session) return redirect("/");
  return passkey_form(visit, safe_next(visit.request.asked("next")), nullptr);
}

Response log_in_by_passkey(Visit& visit) {
  const auto next = safe_next(visit.request.field("next"));
  try {
    return enter(visit, proved_account(visit), next);
  } catch (const Error& error) {
    visit.session.reset();
    const auto problem = told_of_password(error, "sign-in-failed", error.said());
    return passkey_form(visit, next, &problem);
  }
}

}  // namespace vermilion::web
