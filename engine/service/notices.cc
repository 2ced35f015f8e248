#include "service/notices.h"

#include <fmt/format.h>

#include "base/error.h"
#include "identity/login_rules.h"
#include "identity/people.h"
#include "service/mail.h"
#include "store/mail_settings.h"

namespace vermilion::service {
namespace {

void send(Context& context, const Outside& outside, const std::string& account, Mail mail) {
  const auto settings = store::load_mail_settings(context.disk(), context.store().path());
  if (settings.command.empty() || !outside.mail)
    throw Error(Failure::unavailable, "no-mail", {"未設定郵件", "no mail is set up"});
  const auto person = identity::require_person(context.store().evidence(), account);
  mail.to = identity::profile_of(context.store(), person).email;
  if (mail.to.empty())
    throw Error(Failure::unavailable, "no-address", {"沒有電子郵件地址", "no address"});
  mail.from = settings.from;
  outside.mail(settings.command, mail_bytes(mail));
}

// The notice is the store's own word, wherever the try came from.
void log_notice(Context& context, const std::string& account, const std::string& what,
                const std::string& outcome) {
  auto entry = context.act("notice", "account " + account + " " + what);
  entry.actor = "system";
  entry.outcome = outcome;
  context.store().commit(entry);
}

Mail lock_mail(Context& context) {
  const auto rules = identity::login_rules(context.store().evidence());
  const auto at = context.store().clock().now();
  Mail mail;
  mail.subject = "Vermilion: sign-in locked";
  mail.text = fmt::format(
      "您的帳號因連續 {0} 次登入失敗，自 {1}（UTC）起鎖定 {2} 分鐘。\n"
      "若不是您本人所為，請立即通知系統管理人員。\n\n"
      "Your account was locked for {2} minutes from {1} (UTC) after {0} failed sign-ins.\n"
      "If that was not you, tell an administrator at once.\n",
      rules.failures, rfc3339(at), rules.lock.count());
  return mail;
}

std::string tell(Context& context, const Outside& outside, const std::string& account,
                 const std::string& what, Mail mail) {
  std::string outcome = "done";
  try {
    send(context, outside, account, std::move(mail));
  } catch (const Error& error) {
    outcome = "failed:" + error.code();
  }
  log_notice(context, account, what, outcome);
  return outcome;
}

// By the caller's own way out.
std::string tell_from_here(Context& context, const std::string& account, const std::string& what,
                           const std::string& about, const std::string& text) {
  Mail mail;
  mail.subject = "Vermilion " + context.store().settings().id + ": " + about;
  mail.text = text;
  static const Outside nowhere;
  const auto* outside = context.outside();
  return tell(context, outside ? *outside : nowhere, account, what, std::move(mail));
}

}  // namespace

void tell_of_lock(Context& context, const Outside& outside, const std::string& account) {
  (void)tell(context, outside, account, "lock", lock_mail(context));
}

std::string notify_person(Context& context, const std::string& account, const Said& text,
                          const std::string& what) {
  return tell_from_here(context, account, what, account, text.zh + "\n\n" + text.en + "\n");
}

std::string mail_password_link(Context& context, const std::string& account,
                               const std::string& link, Instant until) {
  const auto text = fmt::format(
      "請開啟下列連結，自訂您的登入密碼。連結只能用一次，到 {0}（UTC）為止；請勿轉寄。\n\n{1}\n\n"
      "Open this link to choose your login password. It works once, until {0} (UTC). Do not "
      "forward it.\n",
      rfc3339(until), link);
  return tell_from_here(context, account, "password-link", "password", text);
}

}  // namespace vermilion::service
