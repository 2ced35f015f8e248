#include "service/own_secrets.h"

#include "base/error.h"
#include "identity/people.h"

namespace vermilion::service {
namespace {

// What was proved or judged before must still be so when it counts.
void require_same(const identity::LoginSecrets& before, const identity::LoginSecrets& now) {
  if (identity::secrets_text(before) == identity::secrets_text(now)) return;
  throw Error(Failure::conflict, "secrets-changed",
              {"登入資料剛被另一次作業變更，這次沒有執行；請重新操作",
               "sign-in data was changed meanwhile and nothing was done; start again"});
}

}  // namespace

std::string of_account(const std::string& account) { return "account " + account; }

identity::LoginSecrets secrets_of(Context& context, const std::string& account) {
  return identity::find_secrets(context.store(), account).value_or(identity::LoginSecrets());
}

Json keep_secrets(Context& context, store::Act act, const std::string& account,
                  const identity::LoginSecrets& before, const identity::LoginSecrets& after) {
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    require_same(before, identity::find_secrets(now, account).value_or(identity::LoginSecrets()));
    changes.set_password(account, identity::secrets_text(after));
  };
  const auto receipt = context.store().commit(act);
  return {{"account", account}, {"act", receipt.act}, {"log_index", receipt.log_index}};
}

Json administer_login(
    Context& context, const std::string& kind, const std::string& account, const std::string& what,
    const std::function<identity::LoginSecrets(const identity::LoginSecrets&)>& change) {
  Json answer;
  const auto subject = of_account(account) + what;
  recorded(context, kind, subject, [&] {
    context.require_right(kAdministers);
    (void)identity::require_person(context.store().evidence(), account);
    const auto before = secrets_of(context, account);
    answer = keep_secrets(context, context.act(kind, subject), account, before, change(before));
  });
  return answer;
}

store::Act own_act(Context& context, const std::string& kind, const std::string& account,
                   const std::string& what) {
  auto act = context.act(kind, of_account(account) + what);
  act.actor = account;
  return act;
}

// As recorded(), of somebody who proved his password rather than his key.
Json own_change(Context& context, const store::Act& act, const std::function<Json()>& change) {
  try {
    return change();
  } catch (const Error& error) {
    if (error.failure() == Failure::conflict || error.failure() == Failure::invalid) {
      auto refused = act;
      refused.outcome = "refused:" + error.code();
      context.store().commit(refused);
    }
    throw;
  }
}

}  // namespace vermilion::service
