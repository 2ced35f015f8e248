#include "service/login.h"

#include <array>
#include <mutex>

#include "base/error.h"
#include "identity/login_lock.h"
#include "identity/people.h"
#include "identity/second_factor.h"
#include "service/attempt.h"
#include "service/local_login.h"

namespace vermilion::service {
namespace {

const std::string kNobody = "local";

std::unique_lock<std::mutex> turn_of(const std::string& account) {
  static std::array<std::mutex, 64> turns;
  return std::unique_lock(turns[std::hash<std::string>()(account) % turns.size()]);
}

// Somebody may have typed his passphrase where the account goes: what is no account is not logged.
store::Act attempt_entry(Context& context, const std::string& account) {
  auto entry = context.act(identity::kLoginKind, "account");
  entry.actor = kNobody;
  if (model::is_account_name(account) &&
      identity::find_person(context.store().evidence(), account)) {
    entry.actor = account;
    entry.subject += " " + account;
  }
  return entry;
}

// True when this failure has locked the account.
bool log_failure(Context& context, const std::string& account, const identity::LoginLock& lock,
                 const identity::LoginRules& rules) {
  auto entry = attempt_entry(context, account);
  const bool locks = !lock.locked && entry.actor != kNobody && lock.failures + 1 >= rules.failures;
  if (lock.locked) entry.kind = identity::kLockedOutKind;
  entry.outcome = lock.locked || locks ? identity::kLocksOutcome : identity::kFailedOutcome;
  context.store().commit(entry);
  return locks;
}

std::optional<Proof> judged(const Judge& judge) {
  try {
    return judge();
  } catch (const Error& error) {
    if (error.code() != "login-failed") throw;
    return std::nullopt;
  }
}

// False when a code turned out to be used up by another process.
bool log_success(Context& context, const std::string& account, const Proof& proof) {
  auto entry = attempt_entry(context, account);
  entry.decide = proof.also;
  try {
    context.store().commit(entry);
  } catch (const Error& error) {
    if (error.code() != "login-failed") throw;
    return false;
  }
  return true;
}

// The session, or nothing after a failure; `locks` when it was one too many.
std::optional<identity::Session> decide_attempt(Context& context, const std::string& account,
                                                const Judge& judge, bool& locks) {
  const auto turn = turn_of(account);
  auto& store = context.store();
  const auto rules = identity::login_rules(store.evidence());
  const auto lock = identity::login_lock(store.catalogue(), account, store.clock().now(), rules);
  auto proof = judged(judge);
  if (!lock.locked && proof && log_success(context, account, *proof))
    return std::move(proof->session);
  locks = log_failure(context, account, lock, rules);
  return std::nullopt;
}

// Uses the code up in the act of the sign-in itself.
Proof with_code(store::Store& store, const SignIn& attempt) {
  const auto use = [&store, attempt](std::optional<identity::LoginSecrets> secrets, Instant now) {
    if (!secrets || !secrets->factor) sign_in_failed();
    auto used = identity::use_code(store, attempt.account, *secrets->factor, attempt.code, now);
    if (!used) sign_in_failed();
    secrets->factor = std::move(used);
    return identity::secrets_text(*secrets);
  };
  (void)use(identity::find_secrets(store, attempt.account), store.clock().now());
  return Proof{identity::resume_session(store, attempt.account),
               [use, account = attempt.account](const store::Now& now, store::Changes& changes) {
                 changes.set_password(account, use(identity::find_secrets(now, account), now.at));
               }};
}

identity::Session by_password(Context& context, const SignIn& tried, bool code_needed) {
  auto& store = context.store();
  const bool open = local_login_is_open(context, tried.account);
  const bool right = identity::password_is_right(store, tried.account, tried.password) && open;
  return attempt(context, tried.account, [&]() -> std::optional<Proof> {
    if (!right) return std::nullopt;
    if (code_needed) return proof_with_code(context, tried);
    return Proof{identity::resume_session(store, tried.account)};
  });
}

}  // namespace

void sign_in_failed() {
  throw Error(Failure::forbidden, "login-failed",
              {"登入失敗，請確認後再試", "sign-in failed; check and try again"});
}

Proof proof_with_code(Context& context, const SignIn& tried) {
  auto& store = context.store();
  const auto secrets = identity::find_secrets(store, tried.account);
  if (secrets && secrets->factor) return with_code(store, tried);
  if (secrets && !secrets->passkeys.empty()) sign_in_failed();
  return Proof{identity::resume_session(store, tried.account)};
}

identity::Session attempt(Context& context, const std::string& account, const Judge& judge) {
  bool locks = false;
  auto session = decide_attempt(context, account, judge, locks);
  if (locks && context.caller().on_lock) context.caller().on_lock(account);
  if (!session) sign_in_failed();
  return std::move(*session);
}

identity::Session sign_in(Context& context, const SignIn& attempt) {
  return by_password(context, attempt, true);
}

identity::Session prove_password(Context& context, const SignIn& attempt) {
  return by_password(context, attempt, false);
}

identity::Session prove_key(Context& context, const identity::Credentials& credentials) {
  std::optional<identity::Session> opened;
  try {
    opened = identity::open_session(context.store(), credentials);
  } catch (const Error& error) {
    if (error.code() != "login-failed") throw;
  }
  return attempt(context, credentials.account, [&]() -> std::optional<Proof> {
    if (!opened) return std::nullopt;
    return Proof{std::move(*opened)};
  });
}

}  // namespace vermilion::service
