#include "service/local_login.h"

#include "base/error.h"
#include "identity/people.h"
#include "service/notices.h"
#include "store/sign_in_settings.h"

namespace vermilion::service {
namespace {

constexpr const char* kBreakGlassKind = "break-glass";
constexpr std::chrono::minutes kBrokenFor{30};

bool is_switched_off(Context& context) {
  return !store::load_sign_in_settings(context.disk(), context.store().path()).local;
}

bool is_broken(Context& context, const std::string& account) {
  const auto now = context.store().clock().now();
  store::LogFilter filter;
  filter.kind = kBreakGlassKind;
  filter.subject_prefix = "account " + account;
  filter.from = now - kBrokenFor;
  for (const auto& row : context.store().catalogue().log(filter)) {
    if (row.outcome == "done" && row.subject == filter.subject_prefix && row.at <= now) return true;
  }
  return false;
}

void require_console(Context& context) {
  if (context.local()) return;
  throw Error(Failure::forbidden, "console-only",
              {"緊急開啟只能在伺服器本機的命令列、不指名帳號（不加 --as）執行",
               "this is done on the server's own command line, in nobody's name (without --as)"});
}

}  // namespace

bool local_login_is_open(Context& context, const std::string& account) {
  return !is_switched_off(context) || is_broken(context, account);
}

Json break_glass(Context& context, const std::string& account) {
  Json answer;
  recorded(context, kBreakGlassKind, "account " + account, [&] {
    require_console(context);
    (void)identity::require_person(context.store().evidence(), account);
    if (!is_switched_off(context)) {
      throw Error(Failure::conflict, "local-login-on",
                  {"本機登入沒有關閉，不必緊急開啟", "local sign-in is not switched off"});
    }
    const auto receipt = context.store().commit(context.act(kBreakGlassKind, "account " + account));
    answer = {{"account", account},
              {"until", rfc3339(receipt.at + kBrokenFor)},
              {"log_index", receipt.log_index}};
  });
  (void)notify_person(
      context, account,
      {"系統管理人員在伺服器上為您的帳號緊急開啟了本機登入，為時 30 分鐘。若您不知情，請立即通知。",
       "At the server, sign-in by local password was opened for your account for 30 minutes. If "
       "you "
       "know nothing of it, say so at once."},
      "local-login");
  return answer;
}

}  // namespace vermilion::service
