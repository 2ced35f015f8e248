// Whether the password or a passkey kept here opens anything: vermilion.yaml may say that only the agency's accounts do, and who stands at the machine
// can open the door again for one person and half an hour.
//
// Rule     Breaking the glass gives no right and proves nothing: the person still needs his password. It is an entry "break-glass" of the
//          local console in the log, and its owner is told by mail.
// Errors   forbidden "console-only"; conflict "local-login-on"; not_found "no-person".
#pragma once
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

[[nodiscard]] bool local_login_is_open(Context& context, const std::string& account);
// {account, until, log_index}
[[nodiscard]] Json break_glass(Context& context, const std::string& account);

}  // namespace vermilion::service
