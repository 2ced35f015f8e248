#include "service/pdf_claims.h"

#include <fmt/format.h>

#include "base/text.h"
#include "service/seal.h"
#include "service/signed_pdf.h"

namespace vermilion::service {
namespace {

// A form may call a meaning 發布; then the reason names its record.
bool claims_to_publish(const std::string& reason) {
  const bool says = reason.find("發布") != reason.npos || reason.find("publication") != reason.npos;
  return says && record_in_reason(reason).empty();
}

bool claims_to_be_seal(const render::FoundSignature& one) {
  return one.field == kSealField || claims_to_publish(one.reason);
}

bool claims_other_name(const render::FoundSignature& one, const std::string& name) {
  return !one.name.empty() && lookup_form(one.name) != lookup_form(name);
}

}  // namespace

std::vector<FalseClaim> false_claims(const render::FoundSignature& one,
                                     const crypto::Certificate& signer, bool is_seal) {
  std::vector<FalseClaim> claims;
  if (is_seal) return claims;
  const auto name = signer.common_name();
  if (claims_to_be_seal(one))
    claims.push_back(
        {"not-the-seal",
         {fmt::format("這個簽章自稱是機關印章，簽署的卻是「{}」的憑證，不是本機關的印章", name),
          fmt::format("it claims to be the organisation's seal, but was made with the certificate "
                      "of \"{}\", which is none of this organisation's seals",
                      name)}});
  if (claims_other_name(one, name))
    claims.push_back(
        {"name-differs",
         {fmt::format("檔案說簽署人是「{}」，憑證卻是「{}」的", one.name, name),
          fmt::format("the file says that \"{}\" signed, but the certificate is that of \"{}\"",
                      one.name, name)}});
  return claims;
}

}  // namespace vermilion::service
