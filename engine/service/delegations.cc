// Delegation by its principal: add, list, end.
#include <fmt/format.h>

#include "base/error.h"
#include "base/ulid.h"
#include "crypto/random.h"
#include "identity/delegation.h"
#include "identity/people.h"
#include "service/audit_access.h"
#include "service/people.h"
#include "service/read_only_store.h"

namespace vermilion::service {
namespace {

model::SignerFields own_fields(Context& context, const std::string& role) {
  const auto& own = context.session();
  return {own.person.account, own.profile.name, own.profile.unit, own.profile.title, role,
          std::nullopt};
}

// A right can be delegated only by who holds it, and a delegated one not at all: acting() without a principal checks it.
std::string role_behind(Context& context, const std::vector<std::string>& rights) {
  std::string role;
  for (const auto& right : rights) role = context.acting(right).role;
  if (role.empty()) {
    throw Error(Failure::invalid, "rights-missing",
                {"請指明委託的權限，例如 --right document.approve",
                 "name the right to delegate, such as --right document.approve"});
  }
  return role;
}

}  // namespace

Json add_delegation(Context& context, const std::string& delegate,
                    const std::vector<std::string>& rights, const std::string& from,
                    const std::string& to) {
  Json answer;
  recorded(context, "delegation", "account " + delegate, [&] {
    const auto principal = context.session().person.account;
    if (context.limit()) refuse_to_write();
    const Date first = from.empty() ? context.today() : parse_date(from);
    const Date last = parse_date(to);
    const auto id = make_ulid(context.store().clock().now(), crypto::random_bytes(10));
    model::Statement statement;
    statement.kind = "delegation";
    statement.meaning = "委託代理";
    statement.signer = own_fields(context, role_behind(context, rights));
    const identity::Delegation wanted{id, principal, delegate, rights, first, last};
    const auto require_allowed = [wanted](const store::Snapshot& evidence) {
      if (const auto refusal = identity::cannot_delegate(evidence, wanted))
        evidence::refuse(*refusal);
    };
    require_allowed(context.store().evidence());
    statement.subject = {{"type", "delegation"},    {"id", id},
                         {"delegate", delegate},    {"rights", rights},
                         {"from", iso_date(first)}, {"to", iso_date(last)}};
    auto prepared = identity::prepare(
        context.store(), statement,
        context.act("delegation", fmt::format("delegation {} {} {}", id, principal, delegate)),
        [principal, require_allowed](const store::Now& now, store::Changes&) {
          require_allowed(now.evidence);
          return identity::delegation_folder(principal);
        });
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"id", id},
              {"delegate", delegate},
              {"rights", rights},
              {"from", iso_date(first)},
              {"to", iso_date(last)},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

Json list_delegations(Context& context, const std::string& principal) {
  (void)context.session();
  if (context.limit()) outside_scope(context, "read", "delegation");
  Json list = Json::array();
  for (const auto& person : identity::all_persons(context.evidence())) {
    if (!principal.empty() && person.account != principal) continue;
    for (const auto& d : identity::delegations_by(context.evidence(), person.account)) {
      list.push_back({{"id", d.id},
                      {"principal", d.principal},
                      {"delegate", d.delegate},
                      {"rights", d.rights},
                      {"from", iso_date(d.from)},
                      {"to", iso_date(d.to)},
                      {"ended", d.ended}});
    }
  }
  return list;
}

Json end_delegation(Context& context, const std::string& id, const std::string& because) {
  Json answer;
  recorded(context, "delegation", "delegation " + id, [&] {
    const auto principal = context.session().person.account;
    if (context.limit()) refuse_to_write();
    bool found = false;
    for (const auto& d : identity::delegations_by(context.store().evidence(), principal))
      found |= d.id == id && !d.ended;
    if (!found) {
      throw Error(Failure::not_found, "no-delegation",
                  {fmt::format("您沒有進行中的代理 {}", id),
                   fmt::format("you have no running delegation {}", id)});
    }
    model::Statement statement;
    statement.kind = "withdrawal";
    statement.meaning = "終止代理";
    statement.signer = own_fields(context, "");
    statement.subject = {{"type", "delegation"}, {"id", id}};
    auto prepared =
        identity::prepare(context.store(), statement,
                          context.act("delegation", reasoned("delegation " + id, because)),
                          [principal](const store::Now&, store::Changes&) {
                            return identity::delegation_folder(principal);
                          });
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"id", id}, {"ended", true}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

}  // namespace vermilion::service
