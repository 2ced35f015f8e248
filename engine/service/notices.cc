#include "service/notices.h"

#include "identity/people.h"
#include "service/mail.h"
#include "service/witness.h"
#include "store/ways_out.h"

namespace vermilion::service {
namespace {

constexpr const char* kNotTold = "not-told";

// The code of what stood in the way, or "".
std::string told_by_mail(Context& context, const std::string& account, const Said& text) {
  try {
    const auto settings = store::load_mail_settings(context.disk(), context.store().path());
    const auto person = identity::require_person(context.store().evidence(), account);
    const auto to = identity::profile_of(context.store(), person).email;
    if (!settings || to.empty() || to.find_first_of("\r\n") != to.npos ||
        context.outside() == nullptr)
      return kNotTold;
    const auto subject = "Vermilion " + context.store().settings().id + ": " + account;
    context.outside()->mail(
        settings->command,
        mail_bytes({to, subject, text.zh + "\n\n" + text.en + "\n", {}, settings->from}));
    return "";
  } catch (const Error& error) {
    return error.code();
  }
}

}  // namespace

std::string notify_person(Context& context, const std::string& account, const Said& text) {
  const auto code = told_by_mail(context, account, text);
  const auto outcome = code.empty() ? std::string("done") : "failed:" + code;
  context.log("notice", "account " + account, outcome);
  return outcome;
}

}  // namespace vermilion::service
