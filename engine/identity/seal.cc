#include "identity/seal.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "identity/revocation.h"

namespace vermilion::identity {
namespace {

// Issued anew only when the old one is about to end.
constexpr auto kRenewal = std::chrono::days(90);

std::string in_seal_folder(const std::string& name) {
  return std::string(kSealFolder) + "/" + name;
}

model::Statement issue_statement(const crypto::Certificate& certificate,
                                 const crypto::PublicKey& key, const model::SignerFields& signer) {
  model::Statement statement;
  statement.kind = "certificate";
  statement.meaning = "簽發機關印章";
  statement.subject = {{"type", "seal"},
                       {"certificate", "sha256:" + certificate.sha256()},
                       {"key", crypto::digest_text(key.spki())},
                       {"not_before", rfc3339(certificate.not_before())},
                       {"not_after", rfc3339(certificate.not_after())}};
  statement.signer = signer;
  return statement;
}

std::string seal_revocation_path(const std::string& sha256) {
  return in_seal_folder(sha256 + ".revocation.statement.json");
}

model::Statement seal_withdrawal(const crypto::Certificate& certificate, const std::string& reason,
                                 const model::SignerFields& signer) {
  model::Statement statement;
  statement.kind = "withdrawal";
  statement.meaning = "廢止機關印章";
  statement.subject = {{"type", "seal"},
                       {"certificate", "sha256:" + certificate.sha256()},
                       {"serial", certificate.serial()},
                       {"reason", reason}};
  statement.signer = signer;
  return statement;
}

crypto::Certificate require_seal(const store::Snapshot& evidence, Instant at) {
  if (auto certificate = seal_certificate(evidence, at)) return *certificate;
  throw Error(Failure::conflict, "no-seal",
              {"目前沒有使用中的機關印章憑證", "the seal has no certificate in use"});
}

bool is_revoked(const store::Snapshot& evidence, const std::string& sha256, Instant at) {
  const auto revoked = seal_revocation(evidence, sha256);
  return revoked && revoked->at <= at;
}

}  // namespace

std::vector<crypto::Certificate> seal_certificates(const store::Snapshot& evidence) {
  std::vector<crypto::Certificate> all;
  for (const auto& entry : evidence.list(kSealFolder)) {
    if (entry.name.ends_with(".pem"))
      all.push_back(crypto::Certificate::from_pem(evidence.require(in_seal_folder(entry.name))));
  }
  return all;
}

std::optional<crypto::Certificate> seal_certificate(const store::Snapshot& evidence, Instant at) {
  std::optional<crypto::Certificate> newest;
  for (auto& one : seal_certificates(evidence)) {
    if (one.not_before() > at || one.not_after() <= at || is_revoked(evidence, one.sha256(), at))
      continue;
    if (!newest || one.not_before() > newest->not_before()) newest = std::move(one);
  }
  return newest;
}

std::optional<crypto::RevokedCertificate> seal_revocation(const store::Snapshot& evidence,
                                                          const std::string& sha256) {
  const auto bytes = evidence.read(seal_revocation_path(sha256));
  return bytes ? std::optional(revoked_by(model::parse_statement(*bytes))) : std::nullopt;
}

bool is_spent(const store::Snapshot& evidence, const crypto::PublicKey& key) {
  const auto all = seal_certificates(evidence);
  return std::any_of(all.begin(), all.end(), [&](const auto& one) {
    return one.public_key().spki() == key.spki() && seal_revocation(evidence, one.sha256());
  });
}

PreparedSeal prepare_seal(store::Store& store, const crypto::PublicKey& key,
                          const KeepSealKey& keep, const model::SignerFields& signer,
                          const store::Act& wanted) {
  const auto issuer = store.authority().issuer;
  const crypto::Validity validity{store.clock().now(), issuer.not_after()};
  auto certificate =
      crypto::issue_seal(key, store.settings().name, validity, store.issuing_key(), issuer);
  const auto sha256 = certificate.sha256();
  store::Act act = wanted;
  act.kind = "seal";
  act.subject = "seal " + sha256;
  act.message = act.subject;
  auto decide = [sha256, keep, pem = certificate.pem()](const store::Now& now,
                                                        store::Changes& changes) {
    if (seal_certificate(now.evidence, now.at + kRenewal)) {
      throw Error(Failure::conflict, "seal-exists",
                  {"機關印章已有憑證，而且還有 90 天以上的效期",
                   "the seal has a certificate already, valid for over 90 days more"});
    }
    changes.put(in_seal_folder(sha256 + ".pem"), pem);
    if (keep) changes.keep_key(keep(sha256));
    return std::string(kSealFolder);
  };
  auto prepared =
      prepare(store, issue_statement(certificate, key, signer), std::move(act), std::move(decide));
  prepared.fixed_name = sha256;
  return {std::move(certificate), std::move(prepared)};
}

Prepared prepare_seal_revocation(store::Store& store, const std::string& reason,
                                 const model::SignerFields& signer, const store::Act& wanted) {
  crypto::require_revocation_reason(reason);
  const auto certificate = require_seal(store.evidence(), store.clock().now());
  const auto sha256 = certificate.sha256();
  store::Act act = wanted;
  act.kind = "revocation";
  act.subject = "seal " + sha256;
  act.message = act.kind + " " + act.subject;
  auto prepared = prepare(store, seal_withdrawal(certificate, reason, signer), std::move(act), {});
  prepared.decide = [&store, sha256, revoked = revoked_by(prepared.statement)](
                        const store::Now& now, store::Changes& changes) {
    if (require_seal(now.evidence, now.at).sha256() != sha256)
      throw Error(Failure::conflict, "already-revoked",
                  {"這張憑證已經廢止", "this certificate is revoked already"});
    put_crl(store, changes, now, {revoked});
    return std::string(kSealFolder);
  };
  prepared.fixed_name = sha256 + ".revocation";
  return prepared;
}

}  // namespace vermilion::identity
