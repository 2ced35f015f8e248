#include "identity/revocation.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/lifecycle.h"
#include "identity/outside.h"
#include "identity/people.h"
#include "identity/seal.h"
#include "model/members.h"

namespace vermilion::identity {
namespace {

constexpr auto kDaily = std::chrono::days(1);
constexpr auto kCrlTerm = std::chrono::days(7);  // a week of a machine that is down
constexpr const char* kCessation = "cessation";
constexpr const char* kRevocation = ".revocation.statement.json";

// The entry if it can still be revoked.
model::CertificateEntry& open_entry(model::Person& person, const std::string& sha256) {
  for (auto& entry : person.certificates) {
    if (entry.sha256 != sha256) continue;
    if (!entry.revoked) return entry;
    throw Error(Failure::conflict, "already-revoked",
                {"這張憑證已經廢止", "this certificate is revoked already"});
  }
  throw Error(Failure::not_found, "no-such-certificate",
              {fmt::format("帳號「{}」沒有這張憑證；certificate list 列出全部", person.account),
               fmt::format("account '{}' has no such certificate; 'certificate list' shows all",
                           person.account)});
}

crypto::RevokedCertificate revoked_otherwise(store::Store& store, const store::Snapshot& evidence,
                                             const model::Person& person,
                                             const model::CertificateEntry& entry) {
  const bool closed = person.left && revoked_by_closing(evidence, person.account, entry.sha256);
  return {certificate_of(store, entry).serial(), *entry.revoked,
          closed ? kCessation : "superseded"};
}

model::Statement revocation_of(const std::string& account, const std::string& sha256,
                               const std::string& serial, const std::string& reason,
                               const model::SignerFields& signer) {
  model::Statement statement;
  statement.kind = "withdrawal";
  statement.meaning = "廢止憑證";
  statement.subject = {{"type", "certificate"},
                       {"account", account},
                       {"certificate", "sha256:" + sha256},
                       {"serial", serial},
                       {"reason", reason}};
  statement.signer = signer;
  return statement;
}

}  // namespace

std::string certificate_path(const std::string& account, const std::string& sha256) {
  return "people/" + account + "/certificates/" + sha256;
}

std::string revocation_path(const std::string& account, const std::string& sha256) {
  return certificate_path(account, sha256) + kRevocation;
}

Prepared prepare_revocation(store::Store& store, const std::string& account,
                            const std::string& sha256, const std::string& reason,
                            const model::SignerFields& signer, const store::Act& wanted) {
  crypto::require_revocation_reason(reason);
  auto holder = require_person(store.evidence(), account);
  const auto certificate = certificate_of(store, open_entry(holder, sha256));
  const bool own = !is_outside(store.evidence(), account, sha256);
  store::Act act = wanted;
  act.kind = "revocation";
  act.subject = fmt::format("certificate {} {}", sha256, account);
  act.message = act.kind + " " + act.subject;
  auto prepared =
      prepare(store, revocation_of(account, sha256, certificate.serial(), reason, signer),
              std::move(act), {});
  prepared.decide = [&store, statement = prepared.statement, account, sha256, own](
                        const store::Now& now, store::Changes& changes) {
    auto person = require_person(now.evidence, account);
    open_entry(person, sha256).revoked = statement.at;
    changes.put(model::person_path(account), canonical(model::to_json(person)));
    if (own) put_crl(store, changes, now, {revoked_by(statement)});
    return "people/" + account + "/certificates";
  };
  prepared.fixed_name = sha256 + ".revocation";
  return prepared;
}

void revoke_all(store::Store& store, store::Changes& changes, const store::Now& now,
                model::Person& person) {
  std::vector<crypto::RevokedCertificate> own;
  for (auto& entry : person.certificates) {
    if (entry.revoked) continue;
    entry.revoked = now.at;
    if (!is_outside(now.evidence, person.account, entry.sha256))
      own.push_back({certificate_of(store, entry).serial(), now.at, kCessation});
  }
  if (!own.empty()) put_crl(store, changes, now, own);
}

bool revoked_by_closing(const store::Snapshot& evidence, const std::string& account,
                        const std::string& sha256) {
  for (const auto& filed : filed_statements(evidence, lifecycle_folder(account))) {
    const auto named =
        model::member_or(filed.statement.subject, "certificates", std::vector<std::string>());
    if (std::find(named.begin(), named.end(), "sha256:" + sha256) != named.end()) return true;
  }
  return false;
}

crypto::RevokedCertificate revoked_by(const model::Statement& statement) {
  return {require_string(statement.subject, "serial"), statement.at,
          require_string(statement.subject, "reason")};
}

std::vector<crypto::RevokedCertificate> revocations(store::Store& store,
                                                    const store::Snapshot& evidence) {
  std::vector<crypto::RevokedCertificate> all;
  for (const auto& person : all_persons(evidence)) {
    for (const auto& entry : person.certificates) {
      if (!entry.revoked || is_outside(evidence, person.account, entry.sha256)) continue;
      const auto bytes = evidence.read(revocation_path(person.account, entry.sha256));
      all.push_back(bytes ? revoked_by(model::parse_statement(*bytes))
                          : revoked_otherwise(store, evidence, person, entry));
    }
  }
  for (const auto& seal : seal_certificates(evidence)) {
    if (auto revoked = seal_revocation(evidence, seal.sha256())) all.push_back(std::move(*revoked));
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.serial < b.serial; });
  return all;
}

void put_crl(store::Store& store, store::Changes& changes, const store::Now& now,
             const std::vector<crypto::RevokedCertificate>& more) {
  crypto::Crl crl{now.log_index, now.at, now.at + kCrlTerm, revocations(store, now.evidence)};
  crl.revoked.insert(crl.revoked.end(), more.begin(), more.end());
  changes.put(kCrlPath, crypto::make_crl(crl, store.issuing_key(), store.authority().issuer));
}

std::optional<Bytes> filed_crl(const store::Snapshot& evidence) { return evidence.read(kCrlPath); }

bool crl_is_due(store::Store& store) {
  const auto filed = filed_crl(store.evidence());
  return !filed ||
         crypto::read_crl(*filed, store.authority().issuer).made + kDaily <= store.clock().now();
}

store::Receipt renew_crl(store::Store& store, const store::Act& wanted) {
  store::Act act = wanted;
  act.decide = [&store](const store::Now& now, store::Changes& changes) {
    put_crl(store, changes, now, {});
  };
  return store.commit(act);
}

}  // namespace vermilion::identity
