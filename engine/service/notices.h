// Short mails to the owner of an account when something happened to it.
//
// Shape    One entry of kind "notice" on "account <account> <what>"; its outcome says whether the mail was handed over: "done",
//          "failed:no-address" (the person has none), "failed:no-mail" (vermilion.yaml has no mail), "failed:mail-failed".
// Secrets  The mail says that it happened and when: no password, no classification. One alone carries a secret: the one with a link
//          (service/password_link.h).
// Errors   What cannot be sent is told in the log, not thrown.
#pragma once
#include <string>

#include "service/context.h"
#include "service/witness.h"

namespace vermilion::service {

// Failures have locked the account just now.
void tell_of_lock(Context& context, const Outside& outside, const std::string& account);
// Something was done in his name; `what` is it about: "certificate", "identity-link", "local-login", "password". Never in the way of
// the act. The outcome as logged.
std::string notify_person(Context& context, const std::string& account, const Said& text,
                          const std::string& what);
// A one-time link to choose a password, and nothing else that is secret. The outcome as logged.
std::string mail_password_link(Context& context, const std::string& account,
                               const std::string& link, Instant until);

}  // namespace vermilion::service
