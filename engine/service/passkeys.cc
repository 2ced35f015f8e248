#include "service/passkeys.h"

#include <algorithm>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "identity/passkeys.h"
#include "service/attempt.h"
#include "service/local_login.h"
#include "service/own_secrets.h"

namespace vermilion::service {
namespace {

using crypto::PasskeyVerdict;

constexpr const char* kPasskeyKind = "passkey";

std::string of_passkey(const crypto::PasskeyKey& key) {
  return " passkey " + identity::passkey_name(key);
}

// Used up by being asked about, whatever comes of it; "" when it was never given out for this.
std::string taken_challenge(PasskeyChallenges& challenges, const Bytes& client_data,
                            const std::string& purpose) {
  const auto challenge = crypto::challenge_in(client_data);
  return challenge && challenges.take(*challenge, purpose) ? *challenge : "";
}

void log_counter(Context& context, const std::string& account, const crypto::PasskeyKey& key) {
  auto entry = own_act(context, kPasskeyKind, account, of_passkey(key));
  entry.outcome = "refused:passkey-counter";
  context.store().commit(entry);
}

// The account's secrets after the use; throws "login-failed" if another use came in between and went further.
std::string after_use(const store::Now& now, const std::string& account, const PasskeyProof& proof,
                      std::uint32_t counter) {
  auto secrets = identity::find_secrets(now, account);
  auto* passkey =
      secrets ? identity::find_passkey(*secrets, proof.credential, proof.site.name) : nullptr;
  const bool counts = passkey && (counter != 0 || passkey->key.counter != 0);
  if (!passkey || (counts && counter <= passkey->key.counter)) sign_in_failed();
  passkey->key.counter = counter;
  passkey->used = now.at;
  return identity::secrets_text(*secrets);
}

std::optional<Proof> judge_passkey(Context& context, const std::string& account,
                                   const PasskeyProof& proof, const std::string& challenge) {
  auto& store = context.store();
  auto secrets = identity::find_secrets(store, account);
  const auto* passkey =
      secrets ? identity::find_passkey(*secrets, proof.credential, proof.site.name) : nullptr;
  if (!passkey) return std::nullopt;
  const auto used =
      crypto::check_answer({proof.site.origin, proof.site.name, challenge}, passkey->key,
                           {proof.client_data, proof.data, proof.signature});
  if (used.verdict == PasskeyVerdict::counter_went_back)
    log_counter(context, account, passkey->key);
  if (used.verdict != PasskeyVerdict::good) return std::nullopt;
  return Proof{identity::resume_session(store, account),
               [account, &proof, used](const store::Now& now, store::Changes& changes) {
                 changes.set_password(account, after_use(now, account, proof, used.counter));
               }};
}

// Whether what was typed agrees: nothing need be where a passkey stands alone. Argon2 runs before anything is known of the account; of who names
// nobody as well, since each attempt is a durable entry and a flood of them would cost its sender nothing otherwise.
bool typed_is_right(Context& context, const SignIn& typed, const std::string& account) {
  const bool nothing_typed = typed.account.empty() && typed.password.empty();
  if (!account.empty() && nothing_typed && passkey_alone(context)) return true;
  const bool right = identity::password_is_right(context.store(), typed.account, typed.password);
  return right && typed.account == account;
}

}  // namespace

std::optional<PasskeySite> passkey_site(const std::string& host) {
  auto name = host.substr(0, host.find(':'));
  const bool letters =
      std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  // "[::1]" begins with a bracket; "127.0.0.1" has no letter.
  if (!letters || !plain) return std::nullopt;
  return PasskeySite{"https://" + host, std::move(name)};
}

bool passkey_alone(Context& context) {
  return identity::login_rules(context.store().evidence()).passkey_alone;
}

identity::Session sign_in_by_passkey(Context& context, const PasskeyProof& proof,
                                     const SignIn& typed) {
  const auto account = identity::account_of_handle(context.store(), proof.handle);
  const bool open = local_login_is_open(context, account.value_or(typed.account));
  const bool right = typed_is_right(context, typed, account.value_or("")) && open;
  const auto challenge = taken_challenge(proof.challenges, proof.client_data, proof.purpose);
  return attempt(context, account.value_or(typed.account), [&]() -> std::optional<Proof> {
    if (!account || !right) return std::nullopt;
    return judge_passkey(context, *account, proof, challenge);
  });
}

identity::Session prove_by_passkey(Context& context, const PasskeyProof& proof,
                                   const std::string& account) {
  const auto challenge = taken_challenge(proof.challenges, proof.client_data, proof.purpose);
  return attempt(context, account,
                 [&] { return judge_passkey(context, account, proof, challenge); });
}

Json offer_passkey(Context& context, const std::string& account) {
  Json exclude = Json::array();
  for (const auto& one : list_passkeys(context, account)) exclude.push_back(one["id"]);
  return {{"handle", base64(identity::passkey_handle(context.store(), account))},
          {"exclude", exclude}};
}

Json add_passkey(Context& context, const SignIn& current, const PasskeyRequest& request) {
  const auto challenge = taken_challenge(request.challenges, request.client_data, request.purpose);
  (void)prove_password(context, current);
  const auto made = crypto::check_creation({request.site.origin, request.site.name, challenge},
                                           {request.client_data, request.data});
  const bool good = made.verdict == PasskeyVerdict::good;
  const auto act = own_act(context, kPasskeyKind, current.account,
                           (good ? of_passkey(made.passkey) : " passkey") + " added");
  return own_change(context, act, [&] {
    if (!good) {
      throw Error(
          Failure::invalid, "bad-passkey",
          {"裝置沒有做出可用的通行金鑰；請重新載入頁面再試，並以 PIN 或生物特徵確認",
           "the device made no usable passkey; reload the page, try again, and confirm by PIN or "
           "fingerprint"});
    }
    const auto before = secrets_of(context, current.account);
    const auto after = identity::with_passkey(
        before, {made.passkey, request.site.name, std::string(trim(request.name)),
                 context.store().clock().now(), std::nullopt});
    auto answer = keep_secrets(context, act, current.account, before, after);
    answer["passkey"] = identity::passkey_name(made.passkey);
    return answer;
  });
}

Json list_passkeys(Context& context, const std::string& account, const std::string& site) {
  Json list = Json::array();
  for (const auto& one : secrets_of(context, account).passkeys) {
    if (!site.empty() && one.site != site) continue;
    list.push_back({{"passkey", identity::passkey_name(one.key)},
                    {"id", base64(one.key.id)},
                    {"name", one.name},
                    {"site", one.site},
                    {"added", rfc3339(one.added)},
                    {"used", one.used ? Json(rfc3339(*one.used)) : Json(nullptr)}});
  }
  return list;
}

Json remove_passkey(Context& context, const std::string& account, const std::string& passkey) {
  const auto before = secrets_of(context, account);
  const auto after = identity::without_passkey(before, passkey);
  const auto act = own_act(context, kPasskeyKind, account, " passkey " + passkey + " removed");
  return own_change(context, act,
                    [&] { return keep_secrets(context, act, account, before, after); });
}

}  // namespace vermilion::service
