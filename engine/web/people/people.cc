// Accounts with their state, who held a role on a day, and new ones.
#include "service/people.h"

#include "base/uri.h"
#include "service/lifecycle.h"
#include "web/people/parts.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr std::size_t kAccounts = 100;  // on a page

Json holders_of(Visit& visit, const std::string& role) {
  auto holders = service::role_holders(visit.context(), role, "");
  for (auto& holder : holders) {
    holder["from_text"] = visit.when(require_string(holder, "from"));
    holder["to_text"] = visit.when(string_or_empty(holder, "to"));
  }
  return holders;
}

// Some accounts of all, and the way to those that follow.
Json accounts_shown(Visit& visit, const Json& roles) {
  const auto find = visit.request.asked("find");
  auto shown =
      service::list_accounts(visit.context(), {find, visit.request.asked("after"), kAccounts});
  for (auto& account : shown["accounts"]) {
    label_state(account);
    label_roles(roles, account["roles"]);
  }
  shown["find"] = find;
  shown["none"] = shown["accounts"].empty();
  if (shown["more"] == true) {
    shown["next"] =
        "/people?after=" + percent_encoded(require_string(shown["accounts"].back(), "account")) +
        "&find=" + percent_encoded(find) + "&at=" + visit.request.asked("at");
  }
  return shown;
}

Response people_page(Visit& visit, const Error* problem) {
  const auto day = visit.request.asked("at");
  const auto role = visit.request.asked("role");
  visit.look_at(day);
  const auto roles = service::list_roles(visit.context());
  Json data = {{"at", day},
               {"at_text", visit.when(iso_date(visit.context().day()))},
               {"roles", role_choice(roles, role)},
               {"may_add", visit.may("person.add")},
               {"signs_here", visit.signs_here()},
               {"command", command_line(visit, "person add ACCOUNT --name NAME --unit UNIT")}};
  data.update(accounts_shown(visit, roles));
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

}  // namespace

Response show_people(Visit& visit) { return people_page(visit, nullptr); }

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

}  // namespace vermilion::web
