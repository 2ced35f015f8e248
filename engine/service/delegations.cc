// Delegation by its principal: add, end. What there is: delegations_shown.cc.
#include "service/delegations.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "base/ulid.h"
#include "crypto/random.h"
#include "identity/delegation.h"
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
                {"請選擇委託的權限（命令列為 --right，例如 --right document.approve）",
                 "choose the rights to delegate (on the command line --right document.approve)"});
  }
  return role;
}

std::string reason_as_stored(const std::string& reason) {
  auto text = require_text(trim(reason), "reason");
  if (code_points(text).size() <= kLongestReason) return text;
  throw Error(Failure::invalid, "reason-too-long",
              {fmt::format("代理事由最多 {} 字，請縮短", kLongestReason),
               fmt::format("the reason has at most {} characters; shorten it", kLongestReason)});
}

// Of an open delegation of his own; somebody else's is nobody's but his to end.
void require_own(Context& context, const std::string& id) {
  const auto found = identity::delegation_named(context.store().evidence(), id);
  if (found && found->principal != context.actor()) {
    throw Error(
        Failure::forbidden, "not-own-delegation",
        {"代理只能由委託的本人終止；請洽委託人", "only its principal ends a delegation; ask him"});
  }
  if (found && !found->ended && context.today() <= found->to) return;
  throw Error(Failure::not_found, "no-delegation",
              {fmt::format("您沒有進行中的代理 {}", id),
               fmt::format("you have no running delegation {}", id)});
}

}  // namespace

Json add_delegation(Context& context, const std::string& delegate,
                    const std::vector<std::string>& rights, const std::string& from,
                    const std::string& to, const std::string& reason) {
  Json answer;
  recorded(context, "delegation", "account " + delegate, [&] {
    const auto principal = context.session().person.account;
    if (context.limit()) refuse_to_write();
    const Date first = from.empty() ? context.today() : parse_date(from);
    const Date last = parse_date(to);
    const auto why = reason_as_stored(reason);
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
    if (!why.empty()) statement.subject["reason"] = why;
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
              {"reason", why},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

Json end_delegation(Context& context, const std::string& id, const std::string& because) {
  Json answer;
  recorded(context, "delegation", "delegation " + id, [&] {
    const auto principal = context.session().person.account;
    if (context.limit()) refuse_to_write();
    require_own(context, id);
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
