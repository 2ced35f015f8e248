#include "service/lifecycle.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/account_rules.h"
#include "identity/enrolment.h"
#include "identity/lifecycle.h"
#include "identity/login_lock.h"
#include "identity/people.h"
#include "service/audit_access.h"

namespace vermilion::service {
namespace {

Json signed_change(Context& context, const std::string& account, const std::string& right,
                   const std::function<identity::Prepared(const model::SignerFields&,
                                                          const store::Act&)>& prepare) {
  Json answer;
  recorded(context, "person", "account " + account, [&] {
    const auto prepared = prepare(context.acting(right), context.act("person", ""));
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"account", account},
              {"change", prepared.statement.subject.at("change")},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

// The day that a change is about; a joiner's is that of his statement.
std::string day_of_change(const Json& subject) {
  const auto change = string_or_empty(subject, "change");
  return string_or_empty(subject, change == "move"     ? "from"
                                  : change == "extend" ? "expires"
                                                       : "last_day");
}

// Somebody must be left to open accounts again.
bool is_last_administrator(Context& context, const model::Person& person) {
  const auto grants = [&](const model::Person& other) {
    return !context.rules().role_with(other, "role.grant", context.today()).empty();
  };
  const auto persons = identity::all_persons(context.store().evidence());
  return grants(person) && std::count_if(persons.begin(), persons.end(), grants) == 1;
}

// When the account was opened: authorised, or opened again since.
Instant opened(Context& context, const model::Person& person) {
  auto at = *person.authorised;
  const auto folder = identity::lifecycle_folder(person.account);
  for (const auto& filed : identity::filed_statements(context.store().evidence(), folder)) {
    if (string_or_empty(filed.statement.subject, "change") == "reopen")
      at = std::max(at, filed.statement.at);
  }
  return at;
}

// The last sign-in that succeeded, or the opening when there was none since.
Instant last_used(Context& context, const model::Person& person) {
  store::LogFilter filter;
  filter.kind = identity::kLoginKind;
  filter.actor = person.account;
  const auto from = opened(context, person);
  for (const std::size_t limit : {20, 100000}) {
    filter.limit = limit;
    const auto rows = context.store().catalogue().log(filter);
    const auto last = std::find_if(rows.rbegin(), rows.rend(),
                                   [](const auto& row) { return row.outcome == "done"; });
    if (last != rows.rend()) return std::max(last->at, from);
    if (rows.size() < limit) break;
  }
  return from;
}

bool is_in_force(const model::RoleInterval& held, Date day, const std::string& unit) {
  const bool in_unit = unit.empty() || held.unit.empty() || held.unit == unit;
  return held.from <= day && (!held.to || day <= *held.to) && in_unit;
}

Json account_json(Context& context, const model::Person& person) {
  const Date day = context.day();
  const auto profile = identity::profile_of(context.store(), person, day);
  Json roles = Json::array();
  for (const auto& held : person.roles) {
    if (is_in_force(held, day, "")) roles.push_back(held.role);
  }
  return {{"account", person.account},
          {"name", profile.name},
          {"unit", profile.unit},
          {"title", profile.title},
          {"state", account_state(person, day)},
          {"shared", person.shared.has_value()},
          {"roles", roles}};
}

bool is_found(const Json& account, const std::string& text) {
  const auto holds = [&](const char* member) {
    return account[member].get_ref<const std::string&>().find(text) != std::string::npos;
  };
  return text.empty() || holds("account") || holds("name") || holds("unit") || holds("title");
}

}  // namespace

std::string account_state(const model::Person& person, Date day) {
  if (person.left && *person.left <= day) return "closed";
  if (person.last_day && *person.last_day < day) return "gone";
  if (!person.authorised) return "waiting";
  if (person.disabled && *person.disabled <= day) return "disabled";
  if (person.expires && *person.expires < day) return "expired";
  return "active";
}

std::vector<model::Form> missing_agreements(const store::Snapshot& evidence,
                                            const model::Person& person, Date day) {
  std::vector<model::Form> missing;
  for (const auto& id : records::form_ids(evidence)) {
    auto form = records::require_form(evidence, id).form;
    const bool required =
        std::any_of(person.roles.begin(), person.roles.end(), [&](const model::RoleInterval& held) {
          return (!held.to || day <= *held.to) &&
                 std::find(form.required_of.begin(), form.required_of.end(), held.role) !=
                     form.required_of.end();
        });
    if (form.kind != "agreement" || !required) continue;
    store::RecordQuery his;
    his.form = id;
    his.account = person.account;
    const auto filed = evidence.records(his);
    const bool done = std::any_of(filed.begin(), filed.end(), [&](const model::Record& record) {
      return record.form_version == form.version && !record.imported;
    });
    if (!done) missing.push_back(std::move(form));
  }
  return missing;
}

Json agreements_to_sign(Context& context, const std::string& account) {
  require_directory(context, account);
  const auto evidence = context.store().evidence();
  const auto person = identity::require_person(evidence, account);
  Json list = Json::array();
  if (person.authorised) return list;
  for (const auto& form : missing_agreements(evidence, person, context.today()))
    list.push_back({{"id", form.id}, {"title", form.title}, {"version", form.version.text()}});
  return list;
}

void require_agreements(Context& context, const model::Person& person) {
  for (const auto& form : missing_agreements(context.store().evidence(), person, context.today())) {
    throw Error(Failure::conflict, "agreement-missing",
                {fmt::format("帳號「{}」須先簽署「{}」第 {} 版，才能核准", person.account,
                             form.title, form.version.text()),
                 fmt::format("'{}' has to sign {} {} before the account is authorised",
                             person.account, form.id, form.version.text())});
  }
}

Json account_changes(Context& context, const std::string& account) {
  require_directory(context, account);
  Json list = Json::array();
  const auto folder = identity::lifecycle_folder(account);
  for (const auto& filed : identity::filed_statements(context.evidence(), folder)) {
    const auto& statement = filed.statement;
    list.push_back({{"change", require_string(statement.subject, "change")},
                    {"meaning", statement.meaning},
                    {"day", day_of_change(statement.subject)},
                    {"unit", string_or_empty(statement.subject, "unit")},
                    {"title", string_or_empty(statement.subject, "title")},
                    {"at", rfc3339(statement.at)},
                    {"account", statement.signer.account},
                    {"signer", statement.signer.name},
                    {"role", statement.signer.role}});
  }
  return list;
}

Json authorise_person(Context& context, const std::string& account) {
  return signed_change(
      context, account, identity::kAuthoriseRight, [&](const auto& signer, const auto& act) {
        const auto person = identity::require_person(context.store().evidence(), account);
        require_agreements(context, person);
        return identity::prepare_authorisation(context.store(), account, signer, act);
      });
}

Json extend_person(Context& context, const std::string& account, const std::string& until) {
  return signed_change(context, account, identity::kAuthoriseRight,
                       [&](const auto& signer, const auto& act) {
                         return identity::prepare_extension(context.store(), account,
                                                            parse_date(until), signer, act);
                       });
}

Json reopen_person(Context& context, const std::string& account) {
  return signed_change(context, account, identity::kAuthoriseRight,
                       [&](const auto& signer, const auto& act) {
                         return identity::prepare_reopening(context.store(), account, signer, act);
                       });
}

Json move_person(Context& context, const MoveRequest& request) {
  return signed_change(
      context, request.account, identity::kAuthoriseRight,
      [&](const auto& signer, const auto& act) {
        const auto from = request.from.empty() ? context.today() : parse_date(request.from);
        return identity::prepare_move(
            context.store(), {request.account, {request.unit, request.title, from}}, signer, act);
      });
}

Json leave_person(Context& context, const std::string& account, const std::string& last_day) {
  return signed_change(context, account, "person.leave", [&](const auto& signer, const auto& act) {
    const auto day = last_day.empty() ? context.today() : parse_date(last_day);
    return identity::prepare_leave(context.store(), account, day, signer, act);
  });
}

Json close_person(Context& context, const std::string& account) {
  return signed_change(context, account, "person.disable",
                       [&](const auto& signer, const auto& act) {
                         return identity::prepare_close(context.store(), account, signer, act);
                       });
}

Json role_holders(Context& context, const std::string& role, const std::string& unit) {
  require_directory(context);
  (void)context.rules().require_role(role);
  const Date day = context.day();
  Json list = Json::array();
  for (const auto& person : identity::all_persons(context.evidence())) {
    if (!model::holds(person, role, day, unit)) continue;
    const auto profile = identity::profile_of(context.store(), person, day);
    for (const auto& held : person.roles) {
      if (held.role != role || !is_in_force(held, day, unit)) continue;
      list.push_back({{"account", person.account},
                      {"name", profile.name},
                      {"of", profile.unit},
                      {"title", profile.title},
                      {"unit", held.unit},
                      {"from", iso_date(held.from)},
                      {"to", held.to ? Json(iso_date(*held.to)) : Json(nullptr)}});
    }
  }
  return list;
}

Json list_accounts(Context& context, const AccountsRequest& request) {
  require_directory(context);
  const auto evidence = context.evidence();
  const auto files = identity::person_files(evidence);
  Json list = {{"accounts", Json::array()}, {"count", files.size()}, {"more", false}};
  for (const auto& file : files) {
    if (file.account <= request.after) continue;
    auto account = account_json(context, identity::person_in(evidence, file));
    if (!is_found(account, request.find)) continue;
    list["more"] = list["accounts"].size() == request.limit;
    if (list["more"] == true) break;
    list["accounts"].push_back(std::move(account));
  }
  return list;
}

Json disable_idle(Context& context) {
  if (!context.local()) require_right(context, "person.disable", "person", "account idle");
  Json disabled = Json::array();
  const auto evidence = context.store().evidence();
  const auto limit = identity::account_rules(evidence).idle;
  for (const auto& person : identity::all_persons(evidence)) {
    if (!model::is_active(person, context.today())) continue;
    if (last_used(context, person) + limit > context.store().clock().now()) continue;
    if (is_last_administrator(context, person)) continue;
    auto act = context.act("person", fmt::format("account {} idle", person.account));
    act.actor = "system";
    (void)identity::disable_person(context.store(), person.account, context.today(), act);
    disabled.push_back(person.account);
  }
  return disabled;
}

}  // namespace vermilion::service
