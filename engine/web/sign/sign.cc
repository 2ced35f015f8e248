// Signing with the key of this browser: the statement as it will be signed, and then its signature.
//
// The login password or a passkey is asked for each time: a session left open at a desk does not sign.
#include <fmt/format.h>

#include "service/keys.h"
#include "service/records.h"
#include "service/statement_facts.h"
#include "web/login/passkey.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

std::string passkey_purpose(const std::string& id) { return "sign " + id; }

Json signing_data(Visit& visit, const AwaitedView& view) {
  const auto certificates = service::own_certificates(visit.context());
  const auto& signer = view.statement.signer;
  return {{"id", visit.part("id")},
          {"meaning", view.statement.meaning},
          {"facts", service::statement_facts(view.statement.subject)},
          {"signer",
           fmt::format("{}　{}　{}（{}）", signer.unit, signer.title, signer.name, signer.account)},
          {"on_behalf_of", signer.on_behalf_of.value_or("")},
          {"at_text", visit.when(rfc3339(view.statement.at))},
          {"expires_text", visit.when(rfc3339(view.expires))},
          {"statement", view.bytes},
          {"sha256", service::text_digest(view.bytes).substr(7)},
          {"pdf", base64(view.pdf.file)},
          {"hole", view.pdf.hole},
          {"hole_end", view.pdf.hole_end},
          {"certificate", base64(certificates.person)},
          {"issuer", base64(certificates.issuer)},
          {"afresh", visit.session->way != "oidc" || visit.proved_afresh()},
          // Who came by the agency's account confirms there.
          {"passkey", visit.session->way.empty()
                          ? passkey_asked(visit, passkey_purpose(visit.part("id")))
                          : Json::object()}};
}

// For a program beside a key file or token: exactly what is to be signed, and with which certificate.
Response signing_answer(const service::CertificatePair& certificates, const AwaitedView& view) {
  return json_response({{"statement", view.bytes},
                        {"pdf", base64(view.pdf.file)},
                        {"hole", {view.pdf.hole, view.pdf.hole_end}},
                        {"expires", rfc3339(view.expires)},
                        {"certificate", base64(certificates.person)},
                        {"issuer", base64(certificates.issuer)}});
}

Response signing_page(Visit& visit, const Error* problem) {
  auto& awaited = visit.site().awaited;
  const auto view = awaited.view(visit.part("id"), visit.session->id);
  if (visit.request.wants_json && !problem)
    return signing_answer(service::own_certificates(visit.context()), view);
  auto data = signing_data(visit, view);
  return visit.page("sign/sign", view.statement.meaning, std::move(data), problem, "sign");
}

}  // namespace

Response show_signing(Visit& visit) { return signing_page(visit, nullptr); }

Response sign_awaited(Visit& visit) {
  const auto id = visit.part("id");
  try {
    (void)visit.site().awaited.view(id, visit.session->id);
    prove_for_signature(visit, passkey_purpose(id));
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
  const auto sent = [&](const char* field) {
    return from_base64(visit.request.field(field)).value_or("");
  };
  (void)service::commit_awaited(visit.context(), *awaited.context, awaited.what, sent("cms"),
                                sent("pdf_cms"));
  return redirect(awaited.next);
}

}  // namespace vermilion::web
