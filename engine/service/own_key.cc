#include "service/own_key.h"

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/pades.h"
#include "crypto/token.h"
#include "identity/custody.h"

namespace vermilion::service {
namespace {

crypto::PrivateKey opened(const OwnKey& key) {
  return key.token.empty() ? crypto::PrivateKey::from_pem(key.file, key.secret)
                           : crypto::open_token_key(key.token, key.secret);
}

bool has_empty_hole(const PdfToSign& pdf) {
  if (pdf.hole + 2 > pdf.hole_end || pdf.hole_end > pdf.file.size()) return false;
  const std::string_view between =
      std::string_view(pdf.file).substr(pdf.hole, pdf.hole_end - pdf.hole);
  return between.front() == '<' && between.back() == '>' &&
         between.substr(1, between.size() - 2).find_first_not_of('0') == between.npos;
}

}  // namespace

FreshRequest make_key_and_request(const std::string& account, const std::string& passphrase) {
  model::require_account_name(account);
  const auto fresh = identity::make_server_key(account, passphrase);
  return {crypto::make_request(fresh.key, account, account), fresh.key.pem(passphrase)};
}

Bytes make_request_with(const OwnKey& key, const std::string& account) {
  model::require_account_name(account);
  return crypto::make_request(opened(key), account, account);
}

Bytes sign_with(const OwnKey& key, const Bytes& certificates, const Bytes& content, Instant at) {
  auto chain = crypto::certificates_in(certificates);
  const auto own = chain.front();
  chain.erase(chain.begin());
  return crypto::sign_detached(content, opened(key), own, chain, at);
}

Bytes sign_with(const OwnKey& key, const CertificatePair& certificates, const Bytes& content,
                Instant at) {
  return crypto::sign_detached(content, opened(key),
                               crypto::Certificate::from_der(certificates.person),
                               {crypto::Certificate::from_der(certificates.issuer)}, at);
}

Bytes sign_pdf_with(const OwnKey& key, const CertificatePair& certificates, const PdfToSign& pdf) {
  if (!pdf.file.starts_with("%PDF-") || !has_empty_hole(pdf)) {
    throw Error(
        Failure::conflict, "no-pdf",
        {"伺服器要您在 PDF 內簽署的不是 PDF；沒有簽署，請通知系統管理人員",
         "what the server asks you to sign within a PDF is none; nothing was signed, tell an "
         "administrator"});
  }
  return crypto::sign_pades(pdf.covered(), opened(key),
                            crypto::Certificate::from_der(certificates.person),
                            {crypto::Certificate::from_der(certificates.issuer)});
}

}  // namespace vermilion::service
