// One's own second factor: a device that shows codes.
#include "service/passwords.h"
#include "service/qr.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

Response factor_page(Visit& visit, const Json& recovery_codes, const Error* problem) {
  const auto& account = visit.session->account;
  const auto state = service::password_state(visit.context(), account);
  Json data = {{"enrolled", state.second_factor},
               {"left", std::to_string(state.recovery_codes)},
               {"has_codes", !recovery_codes.empty()},
               {"recovery_codes", recovery_codes},
               {"removed", visit.request.asked("removed") == "1"}};
  if (!state.second_factor) {
    // After a mistake with the same secret: the device has it already.
    const auto offer =
        service::offer_second_factor(visit.context(), account, visit.request.field("secret"));
    data["secret"] = offer["secret"];
    data["qr"] = service::qr_svg(require_string(offer, "uri"));
  }
  return visit.page("login/second-factor", "登入驗證碼", data, problem);
}

Response take_factor_step(Visit& visit) {
  const auto& request = visit.request;
  const service::SignIn current{visit.session->account, request.field("password"),
                                request.field("code")};
  const HeavyWork heavy(visit.site().secrets);
  if (request.field("step") == "enrol") {
    const auto made =
        service::enrol_second_factor(visit.context(), current, request.field("secret"));
    return factor_page(visit, made["recovery_codes"], nullptr);
  }
  (void)service::remove_second_factor(visit.context(), current);
  return redirect("/account/second-factor?removed=1");
}

}  // namespace

Response show_second_factor(Visit& visit) { return factor_page(visit, Json::array(), nullptr); }

Response change_second_factor(Visit& visit) {
  try {
    return take_factor_step(visit);
  } catch (const Error& error) {
    const auto problem =
        told_of_password(error, "wrong-password",
                         {"密碼或驗證碼不正確，沒有變更；連續錯誤會鎖定帳號",
                          "password or code is wrong and nothing was changed; repeated failures "
                          "lock the account"});
    return factor_page(visit, Json::array(), &problem);
  }
}

}  // namespace vermilion::web
