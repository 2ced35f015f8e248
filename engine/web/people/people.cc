// Accounts with their state, who held a role on a day, and the steps from joining to leaving.
#include "service/people.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/uri.h"
#include "service/lifecycle.h"
#include "service/password_link.h"
#include "service/passwords.h"
#include "web/login/session.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

std::string person_link(const std::string& account) {
  return "/people/" + percent_encoded(account);
}

// For what is not signed: who asks proves himself again, with the secret he signs with.
service::Context& proved(Visit& visit) {
  if (!visit.has_browser_key()) return visit.signing();
  if (visit.session->way == "oidc" && !visit.proved_afresh()) throw SignInAgain{};
  try {
    prove_for_signature(visit, "people");
  } catch (const Error& error) {
    throw told_of_password(error, "wrong-password",
                           {"密碼不正確，沒有變更任何內容；連續錯誤會鎖定帳號",
                            "the password is wrong and nothing was changed; repeated failures lock "
                            "the account"});
  }
  return visit.context();
}

void label_roles(const Json& roles, Json& held) {
  for (auto& one : held) {
    const auto id = one.is_string() ? one.get<std::string>() : require_string(one, "role");
    for (const auto& role : roles) {
      if (role["role"] != id) continue;
      if (one.is_string()) {
        one = {{"role", id}, {"zh", role["zh"]}};
      } else {
        one["zh"] = role["zh"];
      }
    }
  }
}

// The choice of a form, with what was chosen before.
Json role_choice(const Json& roles, const std::string& chosen) {
  Json choice = Json::array();
  for (const auto& role : roles) {
    choice.push_back(
        {{"role", role["role"]}, {"zh", role["zh"]}, {"chosen", role["role"] == chosen}});
  }
  return choice;
}

void add_typed(Visit& visit, Json& data, std::initializer_list<const char*> fields) {
  for (const auto* field : fields) data["typed_" + std::string(field)] = visit.request.field(field);
}

Json holders_of(Visit& visit, const std::string& role) {
  auto holders = service::role_holders(visit.context(), role, "");
  for (auto& holder : holders) {
    holder["from_text"] = visit.when(require_string(holder, "from"));
    holder["to_text"] = visit.when(string_or_empty(holder, "to"));
  }
  return holders;
}

Response people_page(Visit& visit, const Error* problem) {
  const auto day = visit.request.asked("at");
  const auto role = visit.request.asked("role");
  visit.look_at(day);
  const auto roles = service::list_roles(visit.context());
  auto accounts = service::list_accounts(visit.context());
  for (auto& account : accounts) {
    label_state(account);
    label_roles(roles, account["roles"]);
  }
  Json data = {{"count", accounts.size()},
               {"accounts", accounts},
               {"at", day},
               {"at_text", visit.when(iso_date(visit.context().day()))},
               {"roles", role_choice(roles, role)},
               {"may_add", visit.may("person.add")},
               {"signs_here", visit.signs_here()},
               {"command", command_line(visit, "person add ACCOUNT --name NAME --unit UNIT")}};
  if (!role.empty()) {
    data["asked_role"] = {{"holders", holders_of(visit, role)}};
    data["asked_role"]["none"] = data["asked_role"]["holders"].empty();
  }
  data["new_roles"] = role_choice(roles, visit.request.field("new_role"));
  add_typed(
      visit, data,
      {"account", "name", "unit", "title", "email", "number", "expires", "approval", "custodian"});
  return visit.page("people/people", "人員與帳號", data, problem);
}

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
  const auto none = [&](const char* step) { return data[step] == false; };
  const auto steps = {"step_authorise", "step_reopen", "step_extend", "step_move",
                      "step_role",      "step_leave",  "step_close",  "step_password"};
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
  data["valid_certificates"] =
      std::count_if(data["certificates"].begin(), data["certificates"].end(),
                    [](const Json& certificate) { return certificate["revoked"].is_null(); });
}

Response person_page(Visit& visit, const Error* problem) {
  const auto account = visit.part("account");
  auto data = service::show_person(visit.context(), account);
  const auto roles = service::list_roles(visit.context());
  label_person(visit, data, roles);
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

// How the form wants it handed over.
bool by_mail(Visit& visit) { return visit.request.field("delivery") == "mail"; }
bool by_link(Visit& visit) { return by_mail(visit) || visit.request.field("delivery") == "link"; }
// As the administrator's own browser reached it: the form came from there (gate.h).
std::string site_of(Visit& visit) { return "https://" + visit.request.host; }

std::string why_not_mailed(const std::string& outcome) {
  if (outcome == "failed:no-mail") return "系統未設定郵件";
  return outcome == "failed:no-address" ? "沒有登錄電子郵件" : "郵件程式沒有收下";
}

void told_when(Visit& visit, Json& given) {
  if (given.contains("link") && given.contains("mail"))
    given["not_mailed"] = why_not_mailed(require_string(given, "mail"));
  given["person_link"] = person_link(require_string(given, "account"));
  given["until_text"] = visit.when(string_or_empty(given, "until"));
}

void give_role(Visit& visit, const std::string& account, const std::string& role) {
  const auto& form = visit.request;
  (void)service::grant_role(proved(visit), {account, role, form.field("unit_of_role"),
                                            form.field("from"), form.field("to")});
}

void change(Visit& visit, const std::string& account, const std::string& what) {
  const auto& form = visit.request;
  if (what == "roles") return give_role(visit, account, form.field("role"));
  auto& signer = visit.signing();
  if (what == "authorisation") (void)service::authorise_person(signer, account);
  if (what == "reopening") (void)service::reopen_person(signer, account);
  if (what == "extension") (void)service::extend_person(signer, account, form.field("until"));
  if (what == "move")
    (void)service::move_person(
        signer, {account, form.field("unit"), form.field("title"), form.field("from")});
  if (what == "departure") (void)service::leave_person(signer, account, form.field("last_day"));
  if (what == "closing") (void)service::close_person(signer, account);
}

}  // namespace

Response show_people(Visit& visit) { return people_page(visit, nullptr); }
Response show_person(Visit& visit) { return person_page(visit, nullptr); }

// The temporary password or the link is on the page that answers, and nowhere else.
Response add_person(Visit& visit) {
  const auto& form = visit.request;
  const auto account = form.field("account");
  try {
    auto& context = proved(visit);
    auto made =
        service::add_person(context, {account,
                                      {form.field("name"), form.field("unit"), form.field("title"),
                                       form.field("email"), form.field("number")},
                                      form.field("expires"),
                                      form.field("approval"),
                                      form.field("custodian"),
                                      by_link(visit) ? site_of(visit) : "",
                                      by_mail(visit)});
    made["name"] = form.field("name");
    made["added"] = true;
    told_when(visit, made);
    const auto role = form.field("new_role");
    if (role.empty()) return visit.page("people/added", "帳號已建立", made);
    try {
      (void)service::grant_role(context, {account, role, "", "", ""});
    } catch (const Error& error) {
      return visit.page("people/added", "帳號已建立", made, &error);
    }
    return visit.page("people/added", "帳號已建立", made);
  } catch (const Error& error) {
    return people_page(visit, &error);
  }
}

Response change_person(Visit& visit) {
  const auto account = visit.part("account");
  const auto next = person_link(account) + "?done=yes";
  visit.then(next);
  try {
    change(visit, account, visit.request.path[2]);
  } catch (const Error& error) {
    if (error.code() == "no-person") throw;
    return person_page(visit, &error);
  }
  return redirect(next);
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
