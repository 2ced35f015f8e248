#include "identity/seal.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"

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
    if (one.not_before() > at || one.not_after() <= at) continue;
    if (!newest || one.not_before() > newest->not_before()) newest = std::move(one);
  }
  return newest;
}

PreparedSeal prepare_seal(store::Store& store, const crypto::PublicKey& key,
                          const model::SignerFields& signer, const store::Act& wanted) {
  const auto issuer = store.authority().issuer;
  const crypto::Validity validity{store.clock().now(), issuer.not_after()};
  auto certificate =
      crypto::issue_seal(key, store.settings().name, validity, store.issuing_key(), issuer);
  const auto sha256 = certificate.sha256();
  store::Act act = wanted;
  act.kind = "seal";
  act.subject = "seal " + sha256;
  act.message = act.subject;
  auto decide = [sha256, pem = certificate.pem()](const store::Now& now, store::Changes& changes) {
    if (seal_certificate(now.evidence, now.at + kRenewal)) {
      throw Error(Failure::conflict, "seal-exists",
                  {"機關印章已有憑證，而且還有 90 天以上的效期",
                   "the seal has a certificate already, valid for over 90 days more"});
    }
    changes.put(in_seal_folder(sha256 + ".pem"), pem);
    return std::string(kSealFolder);
  };
  auto prepared =
      prepare(store, issue_statement(certificate, key, signer), std::move(act), std::move(decide));
  prepared.fixed_name = sha256;
  return {std::move(certificate), std::move(prepared)};
}

}  // namespace vermilion::identity
