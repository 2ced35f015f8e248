#include "service/people.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/password.h"
#include "identity/enrolment.h"
#include "identity/password_policy.h"
#include "identity/people.h"
#include "service/audit_access.h"
#include "service/lifecycle.h"
#include "service/password_link.h"

namespace vermilion::service {
namespace {

constexpr const char* kLate = "補登 recorded late";

bool same_grant(const model::RoleInterval& a, const model::RoleInterval& b) {
  return a.role == b.role && a.unit == b.unit && a.from == b.from && a.granted_by == b.granted_by;
}

// How many such grants stand among the first `size`: one may be given, revoked and given again.
std::size_t grants_like(const std::vector<model::RoleInterval>& roles,
                        const model::RoleInterval& role, std::size_t size) {
  return static_cast<std::size_t>(
      std::count_if(roles.begin(), roles.begin() + static_cast<std::ptrdiff_t>(size),
                    [&](const auto& other) { return same_grant(role, other); }));
}

// Every state of one person that was ever filed, oldest first.
std::vector<std::pair<Instant, model::Person>> filed_states(Context& context,
                                                            const std::string& account) {
  std::vector<std::pair<Instant, model::Person>> states;
  const auto evidence = context.store().evidence();
  for (const auto& row : context.store().catalogue().history(model::person_path(account))) {
    if (row.blob)
      states.emplace_back(row.act.at, model::person_from(parse_json(evidence.blob(*row.blob))));
  }
  return states;
}

// When the interval was first filed: what it says of days before is recorded late.
Json role_json(Context& context, const model::Person& person, std::size_t place,
               const std::vector<std::pair<Instant, model::Person>>& states) {
  const auto& role = person.roles[place];
  const auto wanted = grants_like(person.roles, role, place + 1);
  const auto filed = std::find_if(states.begin(), states.end(), [&](const auto& state) {
    return grants_like(state.second.roles, role, state.second.roles.size()) >= wanted;
  });
  if (filed == states.end()) {
    throw Error(Failure::corrupt, "catalogue-incomplete",
                {"目錄缺少這個帳號的歷程；請執行 rebuild",
                 "the catalogue lacks the history of this account; run rebuild"});
  }
  const bool late = role.from < date_at(filed->first, context.store().settings().time_zone);
  return {{"role", role.role},
          {"unit", role.unit},
          {"from", iso_date(role.from)},
          {"to", role.to ? Json(iso_date(*role.to)) : Json(nullptr)},
          {"granted_by", role.granted_by},
          {"recorded", rfc3339(filed->first)},
          {"late", late},
          {"label", late ? kLate : ""}};
}

Json day_or_null(const std::optional<Date>& day) {
  return day ? Json(iso_date(*day)) : Json(nullptr);
}

Json moves_json(const model::Profile& profile) {
  Json moves = Json::array();
  for (const auto& post : profile.moves) {
    moves.push_back({{"unit", post.unit}, {"title", post.title}, {"from", iso_date(post.from)}});
  }
  return moves;
}

Json person_json(Context& context, const model::Person& person) {
  const auto profile = identity::profile_of(context.store(), person, context.day());
  Json answer = {
      {"account", person.account},
      {"name", profile.name},
      {"unit", profile.unit},
      {"title", profile.title},
      {"moves", moves_json(profile)},
      {"added_by", person.added_by},
      {"authorised", person.authorised ? Json(rfc3339(*person.authorised)) : Json(nullptr)},
      {"expires", day_or_null(person.expires)},
      {"disabled", day_or_null(person.disabled)},
      {"last_day", day_or_null(person.last_day)},
      {"left", day_or_null(person.left)},
      {"state", account_state(person, context.today())},
      {"approval", person.shared ? person.shared->approval : ""},
      {"custodian", person.shared ? person.shared->custodian : ""},
      {"roles", Json::array()},
      {"certificates", Json::array()}};
  const auto states = filed_states(context, person.account);
  for (std::size_t i = 0; i < person.roles.size(); ++i)
    answer["roles"].push_back(role_json(context, person, i, states));
  for (const auto& entry : person.certificates)
    answer["certificates"].push_back(certificate_json(context, person.account, entry));
  return answer;
}

std::string about(const std::string& account) { return "account " + account; }

// Runs one administrative act under its right; refusals are logged.
Json administer(Context& context, const std::string& kind, const std::string& account,
                const std::string& right,
                const std::function<store::Receipt(const store::Act&)>& act) {
  Json answer;
  recorded(context, kind, about(account), [&] {
    context.require_right(right);
    const auto receipt = act(context.act(kind, about(account)));
    answer = {{"account", account}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

// A grant for days already past says so in the log, whose own time is when it was recorded.
store::Act told_late(store::Act act, const model::RoleInterval& role, Date today) {
  if (role.from >= today) return act;
  act.subject += fmt::format(" {} from {} recorded-late", role.role, iso_date(role.from));
  act.message = act.kind + " " + act.subject;
  return act;
}

// An account authorised without a role has signed nothing yet: what the first one asks for comes before it (seed 肆/八/(三)/1).
void require_first_agreements(Context& context, const std::string& account,
                              const model::RoleInterval& role) {
  auto person = identity::require_person(context.store().evidence(), account);
  if (!person.authorised || !person.roles.empty()) return;
  person.roles.push_back(role);
  require_agreements(context, person);
}

Date date_or(const std::string& text, Date otherwise) {
  return text.empty() ? otherwise : parse_date(text);
}

// Both, or neither (SC-01).
std::optional<model::SharedAccount> shared_account(const PersonRequest& request) {
  if (request.approval.empty() && request.custodian.empty()) return std::nullopt;
  if (!request.approval.empty() && !request.custodian.empty())
    return model::SharedAccount{request.approval, request.custodian};
  throw Error(Failure::invalid, "shared-account",
              {"共用帳號須同時載明核定文號與保管人",
               "a shared account needs both the number of its approval and a custodian"});
}

}  // namespace

Json add_person(Context& context, const PersonRequest& request) {
  if (!request.link_site.empty()) require_site(request.link_site);
  const auto password = identity::random_password();
  auto answer =
      administer(context, "person", request.account, "person.add", [&](const store::Act& act) {
        identity::NewPerson person{request.account, request.profile,
                                   crypto::hash_password(password)};
        if (!request.expires.empty()) person.expires = parse_date(request.expires);
        person.shared = shared_account(request);
        return identity::add_person(context.store(), person, act);
      });
  if (request.link_site.empty()) {
    answer["password"] = password;
    return answer;
  }
  const auto given =
      give_password_link(context, {request.account, request.link_site, request.mail});
  for (const char* member : {"until", "link", "mail"})
    if (given.contains(member)) answer[member] = given.at(member);
  return answer;
}

Json show_person(Context& context, const std::string& account) {
  require_directory(context, account);
  return person_json(context, identity::require_person(context.evidence(), account));
}

Json disable_person(Context& context, const std::string& account, const std::string& from) {
  return administer(context, "person", account, "person.disable", [&](const store::Act& act) {
    return identity::disable_person(context.store(), account, date_or(from, context.today()), act);
  });
}

Json grant_role(Context& context, const RoleRequest& request) {
  return administer(context, "role", request.account, "role.grant", [&](const store::Act& act) {
    const model::RoleInterval role{
        request.role, request.unit, date_or(request.from, context.today()),
        request.to.empty() ? std::nullopt : std::optional(parse_date(request.to)), context.actor()};
    require_first_agreements(context, request.account, role);
    return identity::grant_role(context.store(), request.account, role,
                                told_late(act, role, context.today()));
  });
}

Json revoke_role(Context& context, const RoleRequest& request) {
  return administer(context, "role", request.account, "role.grant", [&](const store::Act& act) {
    const Date yesterday(std::chrono::sys_days(context.today()) - std::chrono::days(1));
    return identity::revoke_role(context.store(), request.account, request.role, request.unit,
                                 date_or(request.to, yesterday), act);
  });
}

Json list_roles(Context& context) {
  Json list = Json::array();
  for (const auto& role : context.rules().roles()) {
    list.push_back({{"role", role.id}, {"zh", role.zh}, {"en", role.en}, {"rights", role.rights}});
  }
  return list;
}

}  // namespace vermilion::service
