#include "service/signed_steps.h"

namespace vermilion::service {

Json signed_step_json(const evidence::FiledStatement& filed) {
  const auto& s = filed.statement;
  return {{"name", filed.name},          {"kind", s.kind},          {"meaning", s.meaning},
          {"account", s.signer.account}, {"signer", s.signer.name}, {"role", s.signer.role},
          {"at", rfc3339(s.at)}};
}

}  // namespace vermilion::service
