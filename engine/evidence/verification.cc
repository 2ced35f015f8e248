#include "evidence/verification.h"

namespace vermilion::evidence {
namespace {

Verdict from_cms(crypto::CmsVerdict verdict) {
  switch (verdict) {
    case crypto::CmsVerdict::good:
      return Verdict::good;
    case crypto::CmsVerdict::content_changed:
      return Verdict::content_changed;
    case crypto::CmsVerdict::signature_bad:
      return Verdict::signature_bad;
    case crypto::CmsVerdict::chain_untrusted:
      return Verdict::certificate_untrusted;
    case crypto::CmsVerdict::certificate_expired_or_not_yet:
      return Verdict::certificate_expired;
  }
  return Verdict::signature_bad;
}

// By the clock, and by the order of the log, which nobody can choose: what is filed after the revocation does not count, whenever
// it claims to be signed; what was filed before it, within the same second, does.
bool is_revoked(const CertificateRecord& record, Instant at, std::uint64_t log_index) {
  if (record.revoked_index == log_index) return false;
  if (!record.revoked_index) return record.revoked && *record.revoked <= at;
  return *record.revoked_index < log_index || (record.revoked && *record.revoked < at);
}

std::optional<CertificateRecord> record_of(std::string_view cms, const FindCertificate& find) {
  std::optional<crypto::Certificate> signer;
  try {
    signer = crypto::signer_of(cms);
  } catch (const Error&) {
  }
  return signer ? find(signer->sha256()) : std::nullopt;
}

crypto::Trust trust_of(const std::optional<CertificateRecord>& record,
                       const crypto::Certificate& root) {
  return record && record->outside ? record->outside->trust : crypto::Trust{{root}};
}

Verdict check_certificate(const Verified& verified, std::uint64_t log_index,
                          const std::optional<CertificateRecord>& record) {
  const auto& s = *verified.statement;
  if (!record || record->log_index > log_index) return Verdict::certificate_not_logged;
  if (is_revoked(*record, s.at, log_index)) return Verdict::certificate_revoked;
  const auto& outside = record->outside;
  if (outside && outside->status_until && *outside->status_until < s.at)
    return Verdict::certificate_status_unknown;
  if ((outside ? outside->account : verified.certificate->account()) != s.signer.account)
    return Verdict::wrong_person;
  return Verdict::good;
}

}  // namespace

const char* verdict_name(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::good:
      return "good";
    case Verdict::not_canonical:
      return "not-canonical";
    case Verdict::content_changed:
      return "content-changed";
    case Verdict::signature_bad:
      return "signature-bad";
    case Verdict::certificate_untrusted:
      return "certificate-untrusted";
    case Verdict::certificate_expired:
      return "certificate-expired";
    case Verdict::certificate_not_logged:
      return "certificate-not-logged";
    case Verdict::certificate_revoked:
      return "certificate-revoked";
    case Verdict::certificate_status_unknown:
      return "certificate-status-unknown";
    case Verdict::wrong_person:
      return "wrong-person";
    case Verdict::wrong_store:
      return "wrong-store";
    case Verdict::other_certificate:
      return "other-certificate";
  }
  return "signature-bad";
}

Said verdict_said(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return {"簽章有效", "the signature is good"};
    case Verdict::not_canonical:
      return {"聲明不是其正規形式", "the statement is not its own canonical form"};
    case Verdict::content_changed:
      return {"內容與簽署時不同", "the content differs from what was signed"};
    case Verdict::signature_bad:
      return {"簽章無法驗證", "the signature does not verify"};
    case Verdict::certificate_untrusted:
      return {"憑證不在信任鏈上，或不能用於簽署",
              "the certificate does not chain to the root, or is not for signing"};
    case Verdict::certificate_expired:
      return {"簽署時憑證不在有效期間內，請先換發憑證",
              "the certificate was not valid when it signed; have it renewed"};
    case Verdict::certificate_not_logged:
      return {"憑證簽發沒有更早的日誌紀錄", "no earlier log entry shows the certificate's issue"};
    case Verdict::certificate_revoked:
      return {"簽署時憑證已廢止", "the certificate was revoked before it signed"};
    case Verdict::certificate_status_unknown:
      return {"憑證機構的廢止資料未涵蓋簽署時間；請先更新（certificate status）",
              "what its authority says of revocation does not reach to the time of signing; bring "
              "it up to date (certificate status)"};
    case Verdict::wrong_person:
      return {"憑證屬於另一人", "the certificate belongs to another person"};
    case Verdict::wrong_store:
      return {"聲明屬於另一個資料庫", "the statement belongs to another store"};
    case Verdict::other_certificate:
      return {"PDF 內的簽章與聲明不是同一張憑證所簽",
              "the signature within the PDF is not by the certificate that signed the statement"};
  }
  return {};
}

Verified verify_statement(std::string_view bytes, std::string_view cms,
                          const crypto::Certificate& root, const std::string& store,
                          std::uint64_t log_index, const FindCertificate& find) {
  Verified verified;
  const auto record = record_of(cms, find);
  try {
    verified.statement = model::parse_statement(bytes);
    const auto trust = trust_of(record, root);
    const auto result = crypto::verify_detached(cms, bytes, trust, verified.statement->at);
    verified.certificate = result.signer;
    verified.verdict = from_cms(result.verdict);
  } catch (const Error&) {
    verified.verdict = verified.statement ? Verdict::signature_bad : Verdict::not_canonical;
  }
  if (verified.verdict != Verdict::good) return verified;
  if (verified.statement->store != store) {
    verified.verdict = Verdict::wrong_store;
  } else {
    verified.verdict = check_certificate(verified, log_index, record);
  }
  return verified;
}

Verdict verify_beside(std::string_view content, std::string_view cms, const Verified& statement,
                      const crypto::Certificate& root, const FindCertificate& find) {
  try {
    const auto result = crypto::verify_detached(cms, content, trust_of(record_of(cms, find), root),
                                                statement.statement->at);
    if (result.signer && result.signer->sha256() != statement.certificate->sha256())
      return Verdict::other_certificate;
    return from_cms(result.verdict);
  } catch (const Error&) {
    return Verdict::signature_bad;
  }
}

}  // namespace vermilion::evidence
