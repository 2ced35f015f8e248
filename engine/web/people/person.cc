// One account, and the steps from joining to leaving.
#include <fmt/format.h>

#include <algorithm>

#include "service/certificates.h"
#include "service/lifecycle.h"
#include "service/password_link.h"
#include "service/passwords.h"
#include "service/people.h"
#include "web/people/parts.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

// What the person may do about this account now.
void add_steps(Visit& visit, Json& data, const std::string& state) {
  const bool authorises = visit.may("person.authorise");
  const bool open = state != "closed";
  const bool staying = open && data["last_day"].is_null();
  data["step_authorise"] = authorises && state == "waiting";
  data["step_reopen"] = authorises && staying && !data["disabled"].is_null();
  data["step_extend"] = authorises && staying && !data["expires"].is_null();
  data["step_move"] = authorises && staying;
  data["step_role"] = staying && visit.may("role.grant");
  data["step_password"] = staying && visit.may("person.add");
  data["step_leave"] = open && visit.may("person.leave");
  data["step_close"] = state == "gone" && visit.may("person.disable");
  data["step_disable"] = staying && data["disabled"].is_null() && visit.may("person.disable");
  data["step_end_role"] = open && !data["roles_held"].empty() && visit.may("role.grant");
  data["step_sign_in"] = open && visit.may("person.add");
  const auto none = [&](const char* step) { return data[step] == false; };
  const auto steps = {"step_authorise", "step_reopen",  "step_extend",  "step_move",
                      "step_role",      "step_leave",   "step_close",   "step_disable",
                      "step_end_role",  "step_sign_in", "step_password"};
  data["no_steps"] = std::all_of(steps.begin(), steps.end(), none);
}

void label_person(Visit& visit, Json& data, const Json& roles) {
  label_state(data);
  label_roles(roles, data["roles"]);
  for (auto& role : data["roles"]) {
    role["from_text"] = visit.when(require_string(role, "from"));
    role["to_text"] = visit.when(string_or_empty(role, "to"));
  }
  for (auto& move : data["moves"]) move["from_text"] = visit.when(require_string(move, "from"));
  for (const auto* day : {"authorised", "expires", "disabled", "last_day", "left"})
    data[std::string(day) + "_text"] = visit.when(string_or_empty(data, day));
}

// Those that have not ended, to choose from: the role, and its unit after a space.
Json roles_held(Visit& visit, const Json& roles) {
  Json held = Json::array();
  const auto today = iso_date(visit.context().today());
  for (const auto& role : roles) {
    const auto last = string_or_empty(role, "to");
    if (!last.empty() && last < today) continue;
    held.push_back({{"value", require_string(role, "role") + " " + require_string(role, "unit")},
                    {"zh", role["zh"]},
                    {"unit", role["unit"]}});
  }
  return held;
}

// Which of them the visitor may revoke: his own, or any with the right.
void label_certificates(Visit& visit, Json& data) {
  const bool may =
      visit.may("certificate.issue") || require_string(data, "account") == visit.session->account;
  const auto now = rfc3339(visit.site().clock.now());
  for (auto& certificate : data["certificates"]) {
    const auto sha256 = require_string(certificate, "certificate");
    const auto revoked = string_or_empty(certificate, "revoked");
    certificate["short"] = sha256.substr(0, 16);
    certificate["custody_label"] = custody_label(require_string(certificate, "custody"));
    certificate["outside"] = certificate["authority"] == "outside";
    certificate["from_text"] = visit.when(require_string(certificate, "not_before"));
    certificate["to_text"] = visit.when(require_string(certificate, "not_after"));
    certificate["revoked_text"] = visit.when(revoked);
    certificate["expired"] = require_string(certificate, "not_after") < now;
    certificate["may_revoke"] = may && revoked.empty();
  }
}

Response person_page(Visit& visit, const Error* problem) {
  const auto account = visit.part("account");
  auto data = service::show_person(visit.context(), account);
  const auto roles = service::list_roles(visit.context());
  label_person(visit, data, roles);
  label_certificates(visit, data);
  data["roles_held"] = roles_held(visit, data["roles"]);
  add_steps(visit, data, require_string(data, "state"));
  data["changes"] = service::account_changes(visit.context(), account);
  for (auto& change : data["changes"]) {
    change["at_text"] = visit.when(require_string(change, "at"));
    change["day_text"] = visit.when(require_string(change, "day"));
  }
  data["missing"] = service::agreements_to_sign(visit.context(), account);
  data["roles_to_give"] = role_choice(roles, visit.request.field("role"));
  data["signs_here"] = visit.signs_here();
  data["command"] = command_line(visit, "person --help");
  data["done"] = visit.request.asked("done") == "yes";
  return visit.page("people/person", require_string(data, "name"), data, problem);
}

void give_role(Visit& visit, const std::string& account, const std::string& role) {
  const auto& form = visit.request;
  (void)service::grant_role(proved(visit), {account, role, form.field("unit_of_role"),
                                            form.field("from"), form.field("to")});
}

void end_role(Visit& visit, const std::string& account) {
  const auto held = visit.request.field("held");
  const auto space = held.find(' ');
  (void)service::revoke_role(
      proved(visit),
      {account, held.substr(0, space), space == std::string::npos ? "" : held.substr(space + 1), "",
       visit.request.field("to")});
}

// What is not signed, but proved.
bool changed_by_proof(Visit& visit, const std::string& account, const std::string& what) {
  const auto& form = visit.request;
  if (what == "roles") {
    give_role(visit, account, form.field("role"));
  } else if (what == "role-end") {
    end_role(visit, account);
  } else if (what == "disabling") {
    (void)service::disable_person(proved(visit), account, form.field("from"));
  } else if (what == "unlocking") {
    (void)service::unlock_account(proved(visit), account);
  } else if (what == "second-factor") {
    (void)service::reset_second_factor(proved(visit), account);
  } else {
    return false;
  }
  return true;
}

void change(Visit& visit, const std::string& account, const std::string& what) {
  const auto& form = visit.request;
  if (changed_by_proof(visit, account, what)) return;
  auto& signer = visit.signing();
  if (what == "authorisation") (void)service::authorise_person(signer, account);
  if (what == "reopening") (void)service::reopen_person(signer, account);
  if (what == "extension") (void)service::extend_person(signer, account, form.field("until"));
  if (what == "move")
    (void)service::move_person(
        signer, {account, form.field("unit"), form.field("title"), form.field("from")});
  if (what == "departure") (void)service::leave_person(signer, account, form.field("last_day"));
  if (what == "closing") (void)service::close_person(signer, account);
  if (what == "revocation")
    (void)service::revoke_certificate(signer, account, form.field("certificate"),
                                      form.field("reason"));
}

}  // namespace

Response show_person(Visit& visit) { return person_page(visit, nullptr); }

Response change_person(Visit& visit) {
  const auto account = visit.part("account");
  (void)service::show_person(visit.context(), account);  // nothing of an account that there is not
  return after_deed(visit, person_link(account) + "?done=yes", person_page,
                    [&] { change(visit, account, visit.request.path[2]); });
}

Response reset_password(Visit& visit) {
  const auto account = visit.part("account");
  try {
    auto& context = proved(visit);
    auto given = by_link(visit) ? service::give_password_link(
                                      context, {account, site_of(visit), by_mail(visit)})
                                : service::reset_password(context, account);
    given["name"] = service::show_person(visit.context(), account)["name"];
    told_when(visit, given);
    return visit.page("people/added", "密碼已重設", given);
  } catch (const Error& error) {
    if (error.code() == "no-person") throw;
    return person_page(visit, &error);
  }
}

}  // namespace vermilion::web
