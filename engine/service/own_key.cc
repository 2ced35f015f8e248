#include "service/own_key.h"

#include "crypto/cms.h"
#include "crypto/token.h"
#include "identity/custody.h"

namespace vermilion::service {
namespace {

crypto::PrivateKey opened(const OwnKey& key) {
  return key.token.empty() ? crypto::PrivateKey::from_pem(key.file, key.secret)
                           : crypto::open_token_key(key.token, key.secret);
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

}  // namespace vermilion::service
