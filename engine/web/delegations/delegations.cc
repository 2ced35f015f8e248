// Delegations: what I gave and was given, what others gave, giving one and ending it.
#include "service/delegations.h"

#include <algorithm>

#include "base/uri.h"
#include "service/lifecycle.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr std::size_t kSuggested = 500;

struct DelegationState {
  const char* state;
  const char* zh;
  bool past;
};
// In the order in which a list shows them.
constexpr DelegationState kDelegationStates[] = {{"running", "進行中", false},
                                                 {"lapsed", "目前無效", false},
                                                 {"coming", "尚未開始", false},
                                                 {"ended", "已終止", true},
                                                 {"over", "已期滿", true}};

std::size_t place_of(const Json& one) {
  std::size_t place = 0;
  for (const auto& known : kDelegationStates) {
    if (one["state"] == known.state) break;
    ++place;
  }
  return place;
}

std::string delegation_link(const std::string& id) { return "/delegations/" + percent_encoded(id); }

void label_delegation(Visit& visit, Json& one) {
  const auto& known = kDelegationStates[place_of(one)];
  one["state_label"] = known.zh;
  one["lapsed"] = one["state"] == "lapsed";
  one["from_text"] = visit.when(require_string(one, "from"));
  one["to_text"] = visit.when(require_string(one, "to"));
  one["link"] = delegation_link(require_string(one, "id"));
}

// What lasts or comes in `now`, what is over in `past`; newest first.
Json sorted_out(Visit& visit, Json list) {
  std::stable_sort(list.begin(), list.end(),
                   [](const Json& a, const Json& b) { return a["from"] > b["from"]; });
  std::stable_sort(list.begin(), list.end(),
                   [](const Json& a, const Json& b) { return place_of(a) < place_of(b); });
  Json groups = {{"now", Json::array()}, {"past", Json::array()}};
  for (auto& one : list) {
    label_delegation(visit, one);
    groups[kDelegationStates[place_of(one)].past ? "past" : "now"].push_back(std::move(one));
  }
  groups["past_count"] = groups["past"].size();
  groups["any_past"] = !groups["past"].empty();
  return groups;
}

// Whom the list under the field suggests: accounts in use but one's own, as many as a list helps with. Any other may be typed.
Json possible_delegates(Visit& visit) {
  Json people = Json::array();
  const auto listed = service::list_accounts(visit.context(), {"", "", kSuggested});
  for (const auto& account : listed["accounts"]) {
    if (account["state"] == "active" && account["account"] != visit.session->account)
      people.push_back(account);
  }
  return people;
}

// The form, with what was typed before an error.
void add_granting(Visit& visit, Json& data) {
  auto rights = service::delegable_rights(visit.context());
  for (auto& right : rights)
    right["chosen"] = !visit.request.field("right-" + require_string(right, "right")).empty();
  data["rights"] = rights;
  data["may_grant"] = !rights.empty();
  if (rights.empty()) return;
  data["people"] = possible_delegates(visit);
  data["signs_here"] = visit.signs_here();
  data["today"] = iso_date(visit.context().today());
  add_typed(visit, data, {"delegate", "to", "reason"});
  const auto from = visit.request.field("from");
  data["typed_from"] = from.empty() ? data["today"].get<std::string>() : from;
  data["longest_reason"] = service::kLongestReason;
  data["command"] = command_line(
      visit, "delegation add ACCOUNT --right document.approve --from DATE --to DATE --reason TEXT");
}

Response delegations_page(Visit& visit, const Error* problem) {
  const auto& me = visit.session->account;
  Json given = Json::array(), received = Json::array(), others = Json::array();
  for (auto& one : service::list_delegations(visit.context(), "")) {
    auto& group = one["principal"] == me ? given : one["delegate"] == me ? received : others;
    group.push_back(std::move(one));
  }
  Json data = {{"given", sorted_out(visit, std::move(given))},
               {"received", sorted_out(visit, std::move(received))},
               {"others", sorted_out(visit, std::move(others))}};
  add_granting(visit, data);
  return visit.page("delegations/delegations", "代理", data, problem);
}

Response delegation_page(Visit& visit, const Error* problem) {
  const auto id = visit.part("id");
  auto data = service::show_delegation(visit.context(), id);
  label_delegation(visit, data);
  label_signatures(visit, data["signatures"]);
  data["signs_here"] = visit.signs_here();
  data["done"] = visit.request.asked("done") == "yes";
  data["command"] = command_line(visit, "delegation end " + id);
  return visit.page("delegations/delegation", "代理", data, problem);
}

std::vector<std::string> chosen_rights(Visit& visit) {
  std::vector<std::string> rights;
  constexpr std::string_view prefix = "right-";
  for (const auto& [name, value] : visit.request.form)
    if (name.starts_with(prefix) && !value.empty()) rights.push_back(name.substr(prefix.size()));
  return rights;
}

}  // namespace

Response list_delegations(Visit& visit) { return delegations_page(visit, nullptr); }
Response show_delegation(Visit& visit) { return delegation_page(visit, nullptr); }

Response grant_delegation(Visit& visit) {
  const auto& form = visit.request;
  visit.then("/delegations/{id}?done=yes");
  try {
    const auto given =
        service::add_delegation(visit.signing(), form.field("delegate"), chosen_rights(visit),
                                form.field("from"), form.field("to"), form.field("reason"));
    return redirect(delegation_link(require_string(given, "id")) + "?done=yes");
  } catch (const Error& error) {
    return delegations_page(visit, &error);
  }
}

Response end_delegation(Visit& visit) {
  return after_deed(visit, delegation_link(visit.part("id")) + "?done=yes", delegation_page,
                    [&] { (void)service::end_delegation(visit.signing(), visit.part("id")); });
}

}  // namespace vermilion::web
