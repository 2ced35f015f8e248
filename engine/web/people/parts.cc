#include "web/people/parts.h"

#include "base/uri.h"
#include "web/login/session.h"

namespace vermilion::web {
namespace {

std::string why_not_mailed(const std::string& outcome) {
  if (outcome == "failed:no-mail") return "系統未設定郵件";
  return outcome == "failed:no-address" ? "沒有登錄電子郵件" : "郵件程式沒有收下";
}

}  // namespace

std::string person_link(const std::string& account) {
  return "/people/" + percent_encoded(account);
}

service::Context& proved(Visit& visit) {
  if (!visit.has_browser_key()) return visit.signing();
  if (visit.session->way == "oidc" && !visit.proved_afresh()) throw SignInAgain{};
  try {
    prove_for_signature(visit, "people");
  } catch (const Error& error) {
    throw told_of_password(error, "wrong-password",
                           {"密碼不正確，沒有變更任何內容；連續錯誤會鎖定帳號",
                            "the password is wrong and nothing was changed; repeated failures lock "
                            "the account"});
  }
  return visit.context();
}

void label_roles(const Json& roles, Json& held) {
  for (auto& one : held) {
    const auto id = one.is_string() ? one.get<std::string>() : require_string(one, "role");
    for (const auto& role : roles) {
      if (role["role"] != id) continue;
      if (one.is_string()) {
        one = {{"role", id}, {"zh", role["zh"]}};
      } else {
        one["zh"] = role["zh"];
      }
    }
  }
}

Json role_choice(const Json& roles, const std::string& chosen) {
  Json choice = Json::array();
  for (const auto& role : roles) {
    choice.push_back(
        {{"role", role["role"]}, {"zh", role["zh"]}, {"chosen", role["role"] == chosen}});
  }
  return choice;
}

bool by_mail(Visit& visit) { return visit.request.field("delivery") == "mail"; }
bool by_link(Visit& visit) { return by_mail(visit) || visit.request.field("delivery") == "link"; }
std::string site_of(Visit& visit) { return "https://" + visit.request.host; }

void told_when(Visit& visit, Json& given) {
  if (given.contains("link") && given.contains("mail"))
    given["not_mailed"] = why_not_mailed(require_string(given, "mail"));
  given["person_link"] = person_link(require_string(given, "account"));
  given["until_text"] = visit.when(string_or_empty(given, "until"));
}

}  // namespace vermilion::web
