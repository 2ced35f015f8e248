// Telling a person by mail what was done in his name: a certificate issued, revoked.
//
// Rule     Never in the way of the act, which is done by then. Each has an entry "notice" on "account <account>": "done",
//          "failed:mail-failed", or "failed:not-told" where vermilion.yaml has no mail command or the person no address.
#pragma once
#include <string>

#include "base/error.h"
#include "service/context.h"

namespace vermilion::service {

// The outcome as logged.
std::string notify_person(Context& context, const std::string& account, const Said& text);

}  // namespace vermilion::service
