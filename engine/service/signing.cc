#include "service/signing.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/delegation.h"
#include "identity/people.h"
#include "service/read_only_store.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

void require_delegate(Context& now, const std::string& principal) {
  const auto running = identity::delegations_by(now.store().evidence(), principal);
  const bool still = std::any_of(running.begin(), running.end(), [&](const auto& one) {
    return one.delegate == now.actor() && !one.ended && one.from <= now.today() &&
           now.today() <= one.to;
  });
  if (still) return;
  throw Error(Failure::forbidden, "no-delegation",
              {fmt::format("「{}」的代理在準備簽署之後已終止；沒有簽署任何內容", principal),
               fmt::format("the delegation by '{}' ended after this was prepared; nothing was "
                           "signed",
                           principal)});
}

// What was allowed when it was prepared has to be allowed still.
void require_still_in_role(Context& now, const model::SignerFields& signer) {
  auto holder = now.session().person;
  if (signer.on_behalf_of) {
    require_delegate(now, *signer.on_behalf_of);
    holder = identity::require_person(now.store().evidence(), *signer.on_behalf_of);
  }
  if (signer.role.empty() || model::holds(holder, signer.role, now.today())) return;
  throw Error(Failure::forbidden, "no-role",
              {"準備簽署之後，您的角色已終止；沒有簽署任何內容",
               "your role ended after this was prepared; nothing was signed"});
}

}  // namespace

store::Receipt commit_awaited(Context& now, Context& kept, const SignatureAwaited& awaited,
                              std::string_view cms, std::string_view pdf_cms) {
  store::Receipt receipt;
  const auto& act = awaited.prepared.act;
  recorded(now, act.kind, act.subject, [&] {
    if (now.limit()) refuse_to_write();
    require_still_in_role(now, awaited.prepared.statement.signer);
    const identity::Signed own{awaited.prepared, Bytes(cms), {}, Bytes(pdf_cms)};
    receipt = awaited.others.empty() ? commit_stamped(kept, own)
                                     : identity::commit_signed(kept.store(), own, awaited.others);
  });
  if (awaited.afterwards) awaited.afterwards();
  return receipt;
}

}  // namespace vermilion::service
