#include "identity/outside.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "crypto/crl.h"
#include "crypto/digest.h"
#include "crypto/outside_status.h"
#include "evidence/duties.h"
#include "identity/lifecycle.h"
#include "identity/people.h"
#include "identity/revocation.h"

namespace vermilion::identity {
namespace {

constexpr const char* kTrust = "rules/trust";

std::string pem_of(const std::vector<crypto::Certificate>& certificates) {
  std::string pem;
  for (const auto& one : certificates) pem += one.pem();
  return pem;
}

std::vector<crypto::Certificate> chain_in(const Bytes& pem) {
  return pem.empty() ? std::vector<crypto::Certificate>() : crypto::certificates_in(pem);
}

crypto::Trust trust_for(const store::Snapshot& evidence, std::vector<crypto::Certificate> chain) {
  return {trusted_authorities(evidence), std::move(chain)};
}

[[noreturn]] void refuse_import(const char* code, const char* zh, const char* en) {
  throw Error(Failure::invalid, code, {zh, en});
}

void require_same_name(const std::string& named, const std::string& name) {
  if (lookup_form(named) == lookup_form(name)) return;
  throw Error(Failure::invalid, "name-differs",
              {"憑證上的姓名與帳號資料的姓名不同；這是別人的憑證，或姓名登錄有誤",
               "the name in the certificate is not that of the account: it is another person's, or "
               "the name was entered wrongly"});
}

// Before it is believed: fit, strong, of that person, below an authority that is trusted, and its key in his hands.
void require_acceptable(store::Store& store, const ImportedCertificate& imported,
                        const model::Person& person) {
  const auto& certificate = imported.certificate;
  if (!crypto::is_accepted_key(certificate.public_key()) ||
      certificate.public_key().is_ed25519()) {
    refuse_import("weak-key", "憑證的金鑰太弱；須為 P-256、P-384 或 3072 位元以上的 RSA",
                  "the certificate's key is too weak: P-256, P-384, or RSA of 3072 bits or more");
  }
  if (!crypto::may_sign(certificate)) {
    refuse_import("certificate-purpose",
                  "這張憑證不能用於簽章（keyUsage 或 extendedKeyUsage 不符）",
                  "this certificate is not for signing (keyUsage or extendedKeyUsage)");
  }
  require_same_name(certificate.common_name(), profile_of(store, person).name);
  const auto trust = trust_for(store.evidence(), imported.chain);
  const Instant now = store.clock().now();
  if (!crypto::chains_to(certificate, trust, std::nullopt)) {
    refuse_import(
        "certificate-untrusted",
        "憑證接不到已信任的憑證機構；請附上中間憑證（--chain），或先 certificate trust add",
        "the certificate leads to no authority that is trusted; give --chain, or first "
        "'certificate trust add'");
  }
  if (!crypto::chains_to(certificate, trust, now)) {
    refuse_import("certificate-expired", "憑證不在有效期間內", "the certificate is not valid now");
  }
  const auto proof = crypto::verify_detached(
      imported.proof,
      possession_challenge(store.settings().id, imported.account, certificate.sha256()), trust,
      now);
  if (proof.verdict != crypto::CmsVerdict::good || proof.signer->sha256() != certificate.sha256()) {
    refuse_import("proof-bad",
                  "持有證明不符；請以這張憑證的金鑰簽署 certificate challenge 所給的檔案",
                  "the proof of possession does not hold; sign what 'certificate challenge' gives "
                  "with this certificate's key");
  }
}

crypto::OutsideStatus status_in(const StatusFile& file, const crypto::Certificate& certificate,
                                const crypto::Trust& trust) {
  if (file.source == "ocsp") return crypto::status_by_ocsp(file.bytes, certificate, trust);
  std::optional<crypto::OutsideStatus> status;
  for (const auto& der : crypto::crls_in(file.bytes)) {
    try {
      status = crypto::status_by_crl(der, certificate, trust);
    } catch (const Error& error) {
      if (error.code() != "bad-crl") throw;  // a file may hold the lists of the whole chain
    }
  }
  if (!status) return crypto::status_by_crl(file.bytes, certificate, trust);
  return *status;
}

Json status_json(const StatusFile& file, const crypto::OutsideStatus& status, Instant now) {
  return {{"made", rfc3339(now)},
          {"until", rfc3339(status.until)},
          {"revoked", status.revoked ? Json(rfc3339(*status.revoked)) : Json(nullptr)},
          {"source", file.source},
          {"digest", crypto::digest_text(file.bytes)}};
}

void put_status(store::Changes& changes, const std::string& path, const StatusFile& file,
                const crypto::OutsideStatus& status, Instant now) {
  changes.put(path + "." + file.source, file.bytes);
  changes.put(path + ".status.json", canonical(status_json(file, status, now)));
}

std::optional<Json> filed_status(const store::Snapshot& evidence, const std::string& path) {
  const auto bytes = evidence.read(path + ".status.json");
  return bytes ? std::optional(parse_json(*bytes)) : std::nullopt;
}

const model::CertificateEntry* entry_of(const model::Person& person, const std::string& sha256) {
  const auto found = std::find_if(person.certificates.begin(), person.certificates.end(),
                                  [&](const auto& entry) { return entry.sha256 == sha256; });
  return found == person.certificates.end() ? nullptr : &*found;
}

// One certificate stands for one person.
void require_unknown(const store::Snapshot& evidence, const std::string& sha256) {
  for (const auto& person : all_persons(evidence)) {
    if (entry_of(person, sha256) == nullptr) continue;
    throw Error(Failure::conflict, "certificate-exists",
                {"這張憑證已經登錄過", "this certificate was imported already"});
  }
}

model::Statement import_statement(const ImportedCertificate& imported,
                                  const model::SignerFields& signer) {
  const auto& certificate = imported.certificate;
  model::Statement statement;
  statement.kind = "certificate";
  statement.meaning = "見證登錄外部憑證";
  statement.subject = {{"type", "certificate"},
                       {"account", imported.account},
                       {"certificate", "sha256:" + certificate.sha256()},
                       {"chain", crypto::digest_text(pem_of(imported.chain))},
                       {"proof", crypto::digest_text(imported.proof)},
                       {"custody", crypto::custody_name(imported.custody)},
                       {"not_before", rfc3339(certificate.not_before())},
                       {"not_after", rfc3339(certificate.not_after())}};
  statement.signer = signer;
  return statement;
}

}  // namespace

bool is_outside(const store::Snapshot& evidence, const std::string& account,
                const std::string& sha256) {
  return evidence.read(certificate_path(account, sha256) + ".chain.pem").has_value();
}

std::optional<OutsideRecord> outside_record(const store::Snapshot& evidence,
                                            const std::string& account, const std::string& sha256) {
  const auto path = certificate_path(account, sha256);
  const auto chain = evidence.read(path + ".chain.pem");
  if (!chain) return std::nullopt;
  OutsideRecord record{{account, trust_for(evidence, chain_in(*chain)), std::nullopt},
                       std::nullopt};
  if (const auto status = filed_status(evidence, path)) {
    record.authority.status_until = parse_instant(require_string(*status, "until"));
    if (const auto at = string_or_empty(*status, "revoked"); !at.empty())
      record.revoked = parse_instant(at);
  }
  return record;
}

std::vector<Bytes> outside_lists(const store::Snapshot& evidence, const std::string& account,
                                 const std::string& sha256) {
  const auto path = certificate_path(account, sha256);
  const auto status = filed_status(evidence, path);
  if (!status || require_string(*status, "source") != "crl") return {};
  return crypto::crls_in(evidence.require(path + ".crl"));
}

std::vector<crypto::Certificate> intermediates_of(store::Store& store, const model::Person& person,
                                                  const crypto::Certificate& certificate) {
  const auto chain =
      store.evidence().read(certificate_path(person.account, certificate.sha256()) + ".chain.pem");
  return chain ? chain_in(*chain) : std::vector{store.authority().issuer};
}

std::vector<crypto::Certificate> trusted_authorities(const store::Snapshot& evidence) {
  std::vector<crypto::Certificate> all;
  for (const auto& entry : evidence.list(kTrust)) {
    if (entry.name.ends_with(".pem"))
      all.push_back(
          crypto::Certificate::from_pem(evidence.require(std::string(kTrust) + "/" + entry.name)));
  }
  return all;
}

Prepared prepare_trust(store::Store& store, const crypto::Certificate& authority,
                       const model::SignerFields& signer, const store::Act& wanted) {
  if (!authority.is_authority()) {
    refuse_import("not-an-authority", "這不是憑證機構的憑證",
                  "this is no certificate of an authority");
  }
  const auto sha256 = authority.sha256();
  model::Statement statement;
  statement.kind = "certificate";
  statement.meaning = "信任憑證機構";
  statement.subject = {{"type", "trust"},
                       {"certificate", "sha256:" + sha256},
                       {"not_before", rfc3339(authority.not_before())},
                       {"not_after", rfc3339(authority.not_after())}};
  statement.signer = signer;
  store::Act act = wanted;
  act.kind = "trust";
  act.subject = "trust " + sha256;
  act.message = act.subject;
  auto decide = [sha256, pem = authority.pem()](const store::Now& now, store::Changes& changes) {
    const auto path = std::string(kTrust) + "/" + sha256 + ".pem";
    if (now.evidence.read(path)) {
      throw Error(Failure::conflict, "already-trusted",
                  {"這個憑證機構已經信任", "this authority is trusted already"});
    }
    changes.put(path, pem);
    return std::string(kTrust);
  };
  auto prepared = prepare(store, std::move(statement), std::move(act), std::move(decide));
  prepared.fixed_name = sha256;
  return prepared;
}

Bytes possession_challenge(const std::string& store_id, const std::string& account,
                           const std::string& sha256) {
  return canonical({{"kind", "possession"},
                    {"store", store_id},
                    {"account", account},
                    {"certificate", "sha256:" + sha256}});
}

Prepared prepare_certificate_import(store::Store& store, const ImportedCertificate& imported,
                                    const model::SignerFields& signer, const store::Act& wanted) {
  const auto person = require_person(store.evidence(), imported.account);
  require_one_person(person);
  require_not_left(person);
  const auto clash =
      evidence::duty_clash(evidence::Duty::certificate_subject, {imported.account},
                           evidence::Duty::certificate_witness, evidence::persons_of(signer));
  if (clash) throw Error(Failure::forbidden, clash->code, clash->said);
  require_acceptable(store, imported, person);
  const auto trust = trust_for(store.evidence(), imported.chain);
  std::optional<crypto::OutsideStatus> status;
  if (imported.status) status = status_in(*imported.status, imported.certificate, trust);
  if (status && status->revoked) {
    throw Error(Failure::forbidden, "certificate-revoked",
                {"憑證機構已廢止這張憑證", "its authority has revoked this certificate"});
  }
  const auto sha256 = imported.certificate.sha256();
  store::Act act = wanted;
  act.kind = "certificate";
  act.subject = fmt::format("certificate {} {}", sha256, imported.account);
  act.message = act.subject;
  auto decide = [&store, imported, sha256, status](const store::Now& now, store::Changes& changes) {
    require_unknown(now.evidence, sha256);
    auto holder = require_person(now.evidence, imported.account);
    require_not_left(holder);
    const auto sealed =
        seal_certificate(store, changes, imported.account, imported.certificate, now.at);
    holder.certificates.push_back({sha256, sealed.payload, crypto::custody_name(imported.custody),
                                   imported.certificate.not_before(),
                                   imported.certificate.not_after(), std::nullopt});
    changes.put(model::person_path(holder.account), canonical(model::to_json(holder)));
    const auto path = certificate_path(imported.account, sha256);
    changes.put(path + ".chain.pem", pem_of(imported.chain));
    changes.put(path + ".proof.p7s", imported.proof);
    if (status) put_status(changes, path, *imported.status, *status, now.at);
    return "people/" + imported.account + "/certificates";
  };
  auto prepared =
      prepare(store, import_statement(imported, signer), std::move(act), std::move(decide));
  prepared.fixed_name = sha256;
  return prepared;
}

store::Receipt file_status(store::Store& store, const std::string& account,
                           const std::string& sha256, const StatusFile& file,
                           const store::Act& wanted) {
  const auto evidence = store.evidence();
  const auto person = require_person(evidence, account);
  const auto* entry = entry_of(person, sha256);
  const auto record = outside_record(evidence, account, sha256);
  if (entry == nullptr || !record) {
    throw Error(
        Failure::not_found, "no-such-certificate",
        {fmt::format("帳號「{}」沒有這張外部憑證", account),
         fmt::format("account '{}' has no such certificate of another authority", account)});
  }
  const auto status = status_in(file, certificate_of(store, *entry), record->authority.trust);
  store::Act act = wanted;
  act.decide = [path = certificate_path(account, sha256), file, status](const store::Now& now,
                                                                        store::Changes& changes) {
    put_status(changes, path, file, status, now.at);
  };
  return store.commit(act);
}

bool proof_holds(store::Store& store, const std::string& account, const std::string& sha256) {
  const auto evidence = store.evidence();
  const auto record = outside_record(evidence, account, sha256);
  const auto proof = evidence.read(certificate_path(account, sha256) + ".proof.p7s");
  if (!record || !proof) return false;
  const auto signer = crypto::signer_of(*proof);
  if (!signer || signer->sha256() != sha256) return false;
  // It held when it was imported; by now the certificate may have expired.
  const auto verified = crypto::verify_detached(
      *proof, possession_challenge(store.settings().id, account, sha256), record->authority.trust,
      signer->not_before() + std::chrono::seconds(1));
  return verified.verdict == crypto::CmsVerdict::good;
}

bool status_holds(store::Store& store, const std::string& account,
                  const model::CertificateEntry& entry) {
  const auto evidence = store.evidence();
  const auto path = certificate_path(account, entry.sha256);
  const auto filed = filed_status(evidence, path);
  const auto record = outside_record(evidence, account, entry.sha256);
  if (!filed || !record) return !filed;
  const StatusFile file{require_string(*filed, "source"),
                        evidence.require(path + "." + require_string(*filed, "source"))};
  const auto certificate = certificate_of(store, entry);
  const auto status = status_in(file, certificate, record->authority.trust);
  return status_json(file, status, parse_instant(require_string(*filed, "made"))) == *filed;
}

}  // namespace vermilion::identity
