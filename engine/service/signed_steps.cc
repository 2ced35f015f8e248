#include "service/signed_steps.h"

#include "identity/people.h"
#include "service/certificates.h"

namespace vermilion::service {

Json signed_step_json(const evidence::FiledStatement& filed) {
  const auto& s = filed.statement;
  return {{"name", filed.name},          {"kind", s.kind},          {"meaning", s.meaning},
          {"account", s.signer.account}, {"signer", s.signer.name}, {"role", s.signer.role},
          {"at", rfc3339(s.at)}};
}

Json record_step_json(Context& context, const std::vector<model::RecordSignature>& lines,
                      const evidence::FiledStatement& filed) {
  const auto& s = filed.statement;
  auto json = signed_step_json(filed);
  json.update(
      {{"unit", s.signer.unit},
       {"title", s.signer.title},
       {"on_behalf_of", s.signer.on_behalf_of ? Json(*s.signer.on_behalf_of) : Json(nullptr)},
       {"certificate", ""},
       {"custody", ""}});
  for (const auto& signature : lines) {
    if (signature.name != filed.name) continue;
    json["certificate"] = signature.certificate;
    json["custody"] =
        signature_label(context.store().evidence(),
                        identity::require_person(context.store().evidence(), s.signer.account),
                        signature.certificate);
  }
  return json;
}

}  // namespace vermilion::service
