// Signing with the key of this browser: the statement as it will be signed, and then its signature.
//
// The login password or a passkey is asked for each time: a session left open at a desk does not sign.
#include <fmt/format.h>

#include "service/keys.h"
#include "service/records.h"
#include "web/login/passkey.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

struct Label {
  const char* key;
  const char* zh;
};

constexpr Label kLabels[] = {{"id", "編號"},        {"version", "版次"},
                             {"form", "表單"},      {"form_version", "表單版次"},
                             {"decision", "決定"},  {"comment", "意見"},
                             {"unit", "會簽單位"},  {"effective", "生效日"},
                             {"reason", "理由"},    {"account", "對象帳號"},
                             {"date", "日期"},      {"approval_number", "核准文號"},
                             {"stage", "階段"},     {"custody", "金鑰保管"},
                             {"authors", "撰稿人"}, {"countersign", "應會簽單位"},
                             {"base", "底稿版次"},   {"title", "職稱"},
                             {"from", "自"},        {"expires", "最後可用日"},
                             {"last_day", "最後在職日"}};

std::string words_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string all;
  for (const auto& one : value) all += (all.empty() ? "" : "、") + words_of(one);
  return all;
}

// What a person can judge of the subject, in a fixed order; digests and the rest stand in the statement itself.
Json facts_of(const Json& subject) {
  Json facts = Json::array();
  for (const auto& label : kLabels) {
    if (!subject.contains(label.key) || subject[label.key].is_null()) continue;
    facts.push_back({{"zh", label.zh}, {"value", words_of(subject[label.key])}});
  }
  return facts;
}

std::string passkey_purpose(const std::string& id) { return "sign " + id; }

Json signing_data(Visit& visit, const AwaitedView& view) {
  const auto certificates = service::own_certificates(visit.context());
  const auto& signer = view.statement.signer;
  return {{"id", visit.part("id")},
          {"meaning", view.statement.meaning},
          {"facts", facts_of(view.statement.subject)},
          {"signer",
           fmt::format("{}　{}　{}（{}）", signer.unit, signer.title, signer.name, signer.account)},
          {"on_behalf_of", signer.on_behalf_of.value_or("")},
          {"at_text", visit.when(rfc3339(view.statement.at))},
          {"expires_text", visit.when(rfc3339(view.expires))},
          {"statement", view.bytes},
          {"sha256", service::text_digest(view.bytes).substr(7)},
          {"certificate", base64(certificates.person)},
          {"issuer", base64(certificates.issuer)},
          {"passkey", passkey_asked(visit, passkey_purpose(visit.part("id")))}};
}

Response signing_page(Visit& visit, const Error* problem) {
  auto& awaited = visit.site().awaited;
  const auto view = awaited.view(visit.part("id"), visit.session->id);
  auto data = signing_data(visit, view);
  return visit.page("sign/sign", view.statement.meaning, std::move(data), problem, "sign");
}

}  // namespace

Response show_signing(Visit& visit) { return signing_page(visit, nullptr); }

Response sign_awaited(Visit& visit) {
  const auto id = visit.part("id");
  try {
    (void)visit.site().awaited.view(id, visit.session->id);
    prove_afresh(visit, passkey_purpose(id));
  } catch (const Error& error) {
    if (error.code() == "prepared-gone") throw;
    const auto problem =
        told_of_password(error, "wrong-password",
                         {"密碼不正確，或通行金鑰未通過，沒有簽署任何內容；連續錯誤會鎖定帳號",
                          "the password is wrong or the passkey did not pass, and nothing was "
                          "signed; repeated failures lock the account"});
    return signing_page(visit, &problem);
  }
  auto awaited = visit.site().awaited.take(id, visit.session->id);
  const auto cms = from_base64(visit.request.field("cms"));
  (void)service::commit_awaited(visit.context(), *awaited.context, awaited.what, cms.value_or(""));
  return redirect(awaited.next);
}

}  // namespace vermilion::web
