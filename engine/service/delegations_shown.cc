// Delegations as they are read: who acts for whom, since when, and whether it still gives anything.
#include <algorithm>

#include "base/error.h"
#include "identity/delegation.h"
#include "identity/people.h"
#include "identity/rights.h"
#include "service/audit_access.h"
#include "service/delegations.h"
#include "service/signed_steps.h"

namespace vermilion::service {
namespace {

using identity::Delegation;

std::string shown_name(Context& context, const std::string& account) {
  const auto person = identity::find_person(context.evidence(), account);
  return person ? identity::profile_of(context.store(), *person).name : account;
}

// Whether the principal could use any of its rights himself on that day, and the delegate his account.
bool gives_something(Context& context, const Delegation& one, Date day) {
  const auto principal = identity::find_person(context.evidence(), one.principal);
  const auto delegate = identity::find_person(context.evidence(), one.delegate);
  if (!principal || !delegate || !model::is_active(*delegate, day)) return false;
  return std::any_of(one.rights.begin(), one.rights.end(), [&](const std::string& right) {
    return !context.rules().role_with(*principal, right, day).empty();
  });
}

std::string delegation_state(Context& context, const Delegation& one) {
  const Date today = context.today();
  if (one.ended) return "ended";
  if (one.to < today) return "over";
  if (today < one.from) return "coming";
  return gives_something(context, one, today) ? "running" : "lapsed";
}

Json delegation_json(Context& context, const Delegation& one) {
  Json labels = Json::array();
  for (const auto& right : one.rights) labels.push_back(right_label(right));
  return {{"id", one.id},
          {"principal", one.principal},
          {"principal_name", shown_name(context, one.principal)},
          {"delegate", one.delegate},
          {"delegate_name", shown_name(context, one.delegate)},
          {"rights", one.rights},
          {"right_labels", labels},
          {"from", iso_date(one.from)},
          {"to", iso_date(one.to)},
          {"reason", one.reason},
          {"ended", one.ended},
          {"state", delegation_state(context, one)}};
}

void require_unbound_for_delegations(Context& context) {
  (void)context.session();
  if (context.limit()) outside_scope(context, "read", "delegation");
}

}  // namespace

std::string right_label(const std::string& right) {
  const auto* known = identity::find_right(right);
  return known ? known->said.zh : right;
}

Json list_delegations(Context& context, const std::string& principal) {
  require_unbound_for_delegations(context);
  Json list = Json::array();
  for (const auto& one : identity::all_delegations(context.evidence())) {
    if (principal.empty() || one.principal == principal)
      list.push_back(delegation_json(context, one));
  }
  return list;
}

Json show_delegation(Context& context, const std::string& id) {
  require_unbound_for_delegations(context);
  const auto found = identity::delegation_named(context.evidence(), id);
  if (!found)
    throw Error(Failure::not_found, "no-delegation", {"沒有這筆代理", "no such delegation"});
  auto answer = delegation_json(context, *found);
  answer["signatures"] = Json::array();
  const auto folder = identity::delegation_folder(found->principal);
  for (const auto& filed : identity::filed_statements(context.evidence(), folder)) {
    const auto& statement = filed.statement;
    if (string_or_empty(statement.subject, "id") == id &&
        statement.signer.account == found->principal)
      answer["signatures"].push_back(signed_step_json(filed));
  }
  answer["ending"] =
      found->principal == context.actor() && !found->ended && context.today() <= found->to;
  return answer;
}

Json delegable_rights(Context& context) {
  Json rights = Json::array();
  (void)context.session();
  for (const auto& right : identity::all_rights()) {
    if (right.delegable && context.may(right.id))
      rights.push_back(
          {{"right", right.id}, {"label", right.said.zh}, {"label_en", right.said.en}});
  }
  return rights;
}

Json principals_of(Context& context) {
  Json principals = Json::array();
  (void)context.session();
  if (context.limit()) return principals;
  const auto evidence = context.store().evidence();
  for (const auto& one : identity::all_delegations(evidence)) {
    for (const auto& right : one.rights) {
      if (!identity::covers(one, context.actor(), right, context.today())) continue;
      const auto principal = identity::require_person(evidence, one.principal);
      if (context.rules().role_with(principal, right, context.today()).empty()) continue;
      principals.push_back({{"account", one.principal},
                            {"name", shown_name(context, one.principal)},
                            {"right", right}});
    }
  }
  return principals;
}

}  // namespace vermilion::service
