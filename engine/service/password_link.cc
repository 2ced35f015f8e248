#include "service/password_link.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/login_rules.h"
#include "identity/password_link.h"
#include "service/attempt.h"
#include "service/local_login.h"
#include "service/notices.h"
#include "service/own_secrets.h"

namespace vermilion::service {
namespace {

constexpr std::string_view kScheme = "https://";

// Whose link it is, if it still stands.
bool opens(Context& context, const LinkUse& use) {
  const auto secrets = model::is_account_name(use.account)
                           ? identity::find_secrets(context.store(), use.account)
                           : std::nullopt;
  return secrets && identity::link_opens(*secrets, use.token, context.store().clock().now());
}

void prove_by_link(Context& context, const LinkUse& use) {
  auto& store = context.store();
  // Only for its cost, which has to be the same for every link: each attempt is a durable entry.
  (void)identity::password_is_right(store, use.account, use.wanted);
  const bool open = local_login_is_open(context, use.account);
  (void)attempt(context, use.account, [&]() -> std::optional<Proof> {
    if (!open || !opens(context, use)) return std::nullopt;
    return Proof{identity::resume_session(store, use.account)};
  });
}

// Of two at once, the second finds the link used.
Json chosen(Context& context, const store::Act& act, const LinkUse& use) {
  auto& store = context.store();
  const auto before = secrets_of(context, use.account);
  const auto now = store.clock().now();
  if (!identity::link_opens(before, use.token, now)) sign_in_failed();
  const auto after = identity::with_own_password(before, use.account, use.wanted, now,
                                                 identity::password_rules(store.evidence()));
  try {
    return keep_secrets(context, act, use.account, before, after);
  } catch (const Error& error) {
    if (error.code() != "secrets-changed") throw;
    sign_in_failed();
  }
}

void tell_owner_of_choice(Context& context, const std::string& account) {
  const auto at = rfc3339(context.store().clock().now());
  const auto& from = context.caller().from;
  (void)notify_person(
      context, account,
      {fmt::format("有人於 {}（UTC）由 {} 以一次性連結為您的帳號訂了登入密碼。若不是您本人所為，"
                   "請立即通知系統管理人員。",
                   at, from),
       fmt::format("At {} (UTC), from {}, the login password of your account was chosen by a "
                   "one-time link. If that was not you, tell an administrator at once.",
                   at, from)},
      "password");
}

}  // namespace

void require_site(const std::string& site) {
  const bool scheme = site.starts_with(kScheme) && site.size() > kScheme.size();
  const auto host = site.substr(std::min(site.size(), kScheme.size()));
  const bool plain = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-.:[]").find(c) != std::string_view::npos;
  });
  if (scheme && plain) return;
  throw Error(Failure::invalid, "bad-site",
              {"網站的位址請寫成 https://isms.example.gov.tw 的樣子，後面不加路徑",
               "write the address of the site as https://isms.example.gov.tw, without a path"});
}

Json give_password_link(Context& context, const LinkRequest& request) {
  require_site(request.site);
  const auto evidence = context.store().evidence();
  identity::FreshLink fresh;
  auto answer = administer_login(
      context, kPasswordKind, request.account, " link", [&](const identity::LoginSecrets& before) {
        fresh = identity::with_password_link(before, context.store().clock().now(),
                                             identity::password_rules(evidence),
                                             identity::login_rules(evidence));
        return fresh.secrets;
      });
  const auto link = fmt::format("{}/login/link/{}/{}", request.site, request.account, fresh.token);
  answer["until"] = rfc3339(fresh.secrets.link->until);
  if (request.mail)
    answer["mail"] = mail_password_link(context, request.account, link, fresh.secrets.link->until);
  if (!request.mail || answer["mail"] != "done") answer["link"] = link;
  return answer;
}

Json choose_password(Context& context, const LinkUse& use) {
  prove_by_link(context, use);
  const auto act = own_act(context, kPasswordKind, use.account, " by-link");
  auto answer = own_change(context, act, [&] { return chosen(context, act, use); });
  tell_owner_of_choice(context, use.account);
  return answer;
}

}  // namespace vermilion::service
