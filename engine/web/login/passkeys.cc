// One's own passkeys: which there are, one more, one less.
#include "web/login/passkey.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

constexpr const char* kAdd = "add";
constexpr const char* kRemove = "remove";

Json shown_passkeys(Visit& visit) {
  auto list = service::list_passkeys(visit.context(), visit.session->account);
  for (auto& one : list) {
    one["added_text"] = visit.when(require_string(one, "added"));
    one["used_text"] = visit.when(string_or_empty(one, "used"));
  }
  return list;
}

std::string words(const Json& list) {
  std::string all;
  for (const auto& one : list) all += (all.empty() ? "" : " ") + one.get<std::string>();
  return all;
}

Response passkeys_page(Visit& visit, const Error* problem) {
  const auto& session = *visit.session;
  const auto offer = service::offer_passkey(visit.context(), session.account);
  const auto passkeys = shown_passkeys(visit);
  const auto done = visit.request.asked("done");
  return visit.page("login/passkeys", "通行金鑰",
                    {{"passkeys", passkeys},
                     {"some", !passkeys.empty()},
                     {"site", passkey_site_name(visit)},
                     {"challenge", passkey_asked(visit, kAdd)["challenge"]},
                     {"asked", passkey_asked(visit, kRemove)},
                     {"handle", offer["handle"]},
                     {"exclude", words(offer["exclude"])},
                     {"account", session.account},
                     {"person_name", session.name},
                     {"added", done == kAdd},
                     {"removed", done == kRemove}},
                    problem, "passkeys");
}

void add_one(Visit& visit) {
  const auto& request = visit.request;
  const auto proof = passkey_proof(visit, session_purpose(visit, kAdd));
  const HeavyWork heavy(visit.site().secrets);
  (void)service::add_passkey(visit.context(), {visit.session->account, request.field("password")},
                             {proof.challenges, proof.purpose, proof.site, request.field("name"),
                              proof.client_data, proof.data});
}

void remove_one(Visit& visit) {
  prove_afresh(visit, kRemove);
  (void)service::remove_passkey(visit.context(), visit.session->account,
                                visit.request.field("passkey"));
}

}  // namespace

Response show_passkeys(Visit& visit) { return passkeys_page(visit, nullptr); }

Response change_passkeys(Visit& visit) {
  const std::string step = visit.request.field("step") == kAdd ? kAdd : kRemove;
  try {
    step == kAdd ? add_one(visit) : remove_one(visit);
  } catch (const Error& error) {
    const auto problem =
        told_of_password(error, "wrong-password",
                         {"密碼不正確，或通行金鑰未通過，沒有變更；連續錯誤會鎖定帳號",
                          "the password is wrong or the passkey did not pass, and nothing was "
                          "changed; repeated failures lock the account"});
    return passkeys_page(visit, &problem);
  }
  return redirect("/account/passkeys?done=" + step);
}

}  // namespace vermilion::web
