#include "service/certificates.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/people.h"
#include "identity/revocation.h"
#include "service/audit_access.h"
#include "service/notices.h"

namespace vermilion::service {
namespace {

constexpr auto kCertificateTerm = std::chrono::days(730);

std::string of_account(const std::string& account) {
  return model::is_account_name(account) ? "account " + account : "account";
}

crypto::Validity validity_of(Context& context, const std::string& until) {
  const Instant from = context.store().clock().now();
  if (until.empty()) return {from, from + kCertificateTerm};
  const Date last = parse_date(until);
  const Date after(std::chrono::sys_days(last) + std::chrono::days(1));
  const Instant to =
      start_of_day(after, context.store().settings().time_zone) - std::chrono::seconds(1);
  if (to <= from) {
    throw Error(Failure::invalid, "bad-validity",
                {"憑證迄日已過，請改用今天之後的日期",
                 "the certificate's last day is past; choose a later one"});
  }
  return {from, to};
}

std::string chain_pem(Context& context, const crypto::Certificate& certificate) {
  return certificate.pem() + context.store().authority().issuer.pem();
}

crypto::Custody custody_of(const CertificateRequest& request) {
  if (!request.request.empty()) return request.custody;
  return request.own_key_file ? crypto::Custody::file : crypto::Custody::server;
}

// The request as it came, or made here with a fresh key, which then goes into the vault or to its owner.
identity::NewCertificate wanted_by(Context& context, const CertificateRequest& request,
                                   IssuedCertificate& issued) {
  identity::NewCertificate wanted;
  wanted.account = request.account;
  wanted.validity = validity_of(context, request.until);
  wanted.custody = custody_of(request);
  wanted.request = request.request;
  if (!wanted.request.empty()) return wanted;
  auto fresh = identity::make_server_key(request.account, request.passphrase);
  // The request names the account only: it stands in plain in the evidence.
  wanted.request = crypto::make_request(fresh.key, request.account, request.account);
  if (request.own_key_file) {
    issued.key_pem = fresh.key.pem(request.passphrase);
  } else {
    wanted.server_key = std::move(fresh);
  }
  return wanted;
}

void file_certificate(Context& context, const identity::NewCertificate& wanted,
                      const model::SignerFields& signer, IssuedCertificate& issued) {
  const auto made = identity::prepare_certificate(context.store(), wanted, signer,
                                                  context.act("certificate", ""), false);
  const auto receipt = sign_and_commit(context, made.prepared);
  issued.certificate = chain_pem(context, made.certificate);
  issued.answer = {{"account", wanted.account},
                   {"certificate", made.certificate.sha256()},
                   {"custody", crypto::custody_name(wanted.custody)},
                   {"not_after", rfc3339(made.certificate.not_after())},
                   {"act", receipt.act},
                   {"log_index", receipt.log_index}};
}

void tell_of(Context& context, Json& answer, const char* zh, const char* en) {
  const auto account = require_string(answer, "account");
  const auto sha256 = require_string(answer, "certificate");
  answer["notice"] = notify_person(
      context, account,
      {fmt::format("{}：帳號 {}，憑證 {}。如非您所知，請立即通知系統管理人員。", zh, account,
                   sha256),
       fmt::format("{}: account {}, certificate {}. If you know nothing of it, tell an "
                   "administrator at once.",
                   en, account, sha256)},
      "certificate");
}

Json acted(const std::string& account, const std::string& sha256, const store::Receipt& receipt) {
  return {{"account", account},
          {"certificate", sha256},
          {"act", receipt.act},
          {"log_index", receipt.log_index}};
}

// Whoever asks for his own revocation needs no right; nobody else's signature is his.
model::SignerFields revoker(Context& context, const std::string& account) {
  return account == context.actor() ? context.acting_as("") : context.acting("certificate.issue");
}

}  // namespace

IssuedCertificate issue_certificate(Context& context, const CertificateRequest& request) {
  IssuedCertificate issued;
  recorded(context, "certificate", of_account(request.account), [&] {
    const auto signer = context.acting("certificate.issue");
    file_certificate(context, wanted_by(context, request, issued), signer, issued);
  });
  tell_of(context, issued.answer, "已簽發您的憑證", "a certificate was issued for you");
  return issued;
}

IssuedCertificate renew_certificate(Context& context, const CertificateRequest& request) {
  IssuedCertificate issued;
  recorded(context, "certificate", of_account(request.account), [&] {
    const auto signer = context.acting_as("");
    auto wanted = wanted_by(context, request, issued);
    wanted.renews = context.signer().certificate().sha256();
    file_certificate(context, wanted, signer, issued);
    issued.answer["renews"] = wanted.renews;
  });
  tell_of(context, issued.answer, "您的憑證已換發", "your certificate was renewed");
  return issued;
}

Json revoke_certificate(Context& context, const std::string& account, const std::string& sha256,
                        const std::string& reason, const std::string& because) {
  Json answer;
  recorded(context, "revocation", of_account(account), [&] {
    auto prepared =
        identity::prepare_revocation(context.store(), account, sha256, reason,
                                     revoker(context, account), context.act("revocation", ""));
    prepared.act.subject = reasoned(prepared.act.subject, because);
    prepared.act.message = prepared.act.kind + " " + prepared.act.subject;
    const auto receipt = sign_and_commit(context, prepared);
    answer = acted(account, sha256, receipt);
    answer["revoked"] = rfc3339(prepared.statement.at);
    answer["reason"] = reason;
  });
  tell_of(context, answer, "您的憑證已廢止", "your certificate was revoked");
  return answer;
}

Json list_certificates(Context& context, const std::string& account) {
  require_directory(context, account);
  const auto person = identity::require_person(context.evidence(), account);
  Json list = Json::array();
  for (const auto& entry : person.certificates)
    list.push_back(certificate_json(context, account, entry));
  return list;
}

Json certificate_json(Context& context, const std::string& account,
                      const model::CertificateEntry& entry) {
  const auto outside = identity::outside_record(context.evidence(), account, entry.sha256);
  const auto until = outside ? outside->authority.status_until : std::nullopt;
  return {{"certificate", entry.sha256},
          {"custody", entry.custody},
          {"authority", outside ? "outside" : "own"},
          {"status_until", until ? Json(rfc3339(*until)) : Json(nullptr)},
          {"not_before", rfc3339(entry.not_before)},
          {"not_after", rfc3339(entry.not_after)},
          {"revoked", entry.revoked ? Json(rfc3339(*entry.revoked)) : Json(nullptr)}};
}

Bytes certificate_list(Context& context, Renew renew) {
  if (renew == Renew::if_due && identity::crl_is_due(context.store())) {
    auto act = context.act("crl", "crl");
    if (context.local()) act.actor = "system";
    identity::renew_crl(context.store(), act);
  }
  if (auto filed = identity::filed_crl(context.store().evidence())) return *filed;
  throw Error(Failure::not_found, "no-crl",
              {"還沒有廢止清單；vermilion certificate crl 會製作",
               "there is no revocation list yet; 'vermilion certificate crl' makes one"});
}

std::string certificate_list_pem(Context& context) {
  return crypto::crl_pem(certificate_list(context, Renew::if_due));
}

std::string authority_chain(Context& context) {
  const auto authority = context.store().authority();
  return authority.issuer.pem() + authority.root.pem();
}

Json trust_authority(Context& context, const Bytes& certificate) {
  Json answer;
  recorded(context, "trust", "trust", [&] {
    const auto signer = context.acting("certificate.issue");
    const auto authority = crypto::certificates_in(certificate).front();
    const auto receipt = sign_and_commit(
        context,
        identity::prepare_trust(context.store(), authority, signer, context.act("trust", "")));
    answer = {{"authority", authority.sha256()},
              {"name", authority.common_name()},
              {"not_after", rfc3339(authority.not_after())},
              {"act", receipt.act},
              {"log_index", receipt.log_index}};
  });
  return answer;
}

Bytes possession_challenge(Context& context, const std::string& account, const Bytes& certificate) {
  return identity::possession_challenge(context.store().settings().id, account,
                                        crypto::certificates_in(certificate).front().sha256());
}

Json import_certificate(Context& context, const ImportCertificate& request) {
  Json answer;
  recorded(context, "certificate", of_account(request.account), [&] {
    const auto signer = context.acting("certificate.issue");
    const auto certificate = crypto::certificates_in(request.certificate).front();
    const auto chain = request.chain.empty() ? std::vector<crypto::Certificate>()
                                             : crypto::certificates_in(request.chain);
    const auto receipt = sign_and_commit(
        context,
        identity::prepare_certificate_import(
            context.store(),
            {request.account, certificate, chain, request.proof, request.custody, request.status},
            signer, context.act("certificate", "")));
    answer = acted(request.account, certificate.sha256(), receipt);
    answer["custody"] = crypto::custody_name(request.custody);
    answer["not_after"] = rfc3339(certificate.not_after());
  });
  tell_of(context, answer, "已登錄您的外部憑證",
          "a certificate of another authority was registered for you");
  return answer;
}

Json file_certificate_status(Context& context, const std::string& account,
                             const std::string& sha256, const identity::StatusFile& file) {
  Json answer;
  recorded(context, "certificate-status", of_account(account), [&] {
    context.require_right("certificate.issue");
    const auto receipt = identity::file_status(
        context.store(), account, sha256, file,
        context.act("certificate-status", "certificate " + sha256 + " " + account));
    answer = acted(account, sha256, receipt);
    const auto record = identity::outside_record(context.store().evidence(), account, sha256);
    answer["until"] = rfc3339(record->authority.status_until.value());
    answer["revoked"] = record->revoked ? Json(rfc3339(*record->revoked)) : Json(nullptr);
  });
  return answer;
}

std::string signature_label(const store::Snapshot& evidence, const model::Person& person,
                            const std::string& sha256) {
  const auto entry = std::find_if(person.certificates.begin(), person.certificates.end(),
                                  [&](const auto& one) { return one.sha256 == sha256; });
  const auto custody = entry == person.certificates.end() ? "server" : entry->custody;
  const auto* where = custody == "server"  ? "伺服器保管金鑰"
                      : custody == "token" ? "憑證載具"
                                           : "自持金鑰";
  const auto outside = identity::outside_record(evidence, person.account, sha256);
  if (!outside) return fmt::format("電子簽章（{}）", where);
  return fmt::format("數位簽章（{}{}）", where,
                     outside->authority.status_until ? "" : "，未查廢止狀態");
}

}  // namespace vermilion::service
