#include "service/pdf_signature.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/digest.h"
#include "crypto/pades.h"
#include "crypto/timestamp.h"
#include "identity/outside.h"
#include "identity/seal.h"
#include "service/pdf_claims.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

struct Failing {
  const char* code;
  Said said;
};

std::optional<Failing> failing(crypto::CmsVerdict verdict) {
  switch (verdict) {
    case crypto::CmsVerdict::good:
      return std::nullopt;
    case crypto::CmsVerdict::content_changed:
      return Failing{
          "content-changed",
          {"簽章不是對這些內容簽的：內容改過，或簽章由別處移來",
           "other bytes were signed: the content was altered, or the signature was taken "
           "from elsewhere"}};
    case crypto::CmsVerdict::signature_bad:
      return Failing{"signature-bad", {"簽章值不符", "the signature does not fit its content"}};
    case crypto::CmsVerdict::chain_untrusted:
      return Failing{"chain-untrusted",
                     {"簽署的憑證不是本庫所簽發，也接不到本庫信任的機構",
                      "the signer's certificate is neither the store's nor below an authority that "
                      "it trusts"}};
    case crypto::CmsVerdict::certificate_expired_or_not_yet:
      break;
  }
  return Failing{"certificate-expired",
                 {"簽署時憑證不在效期內", "the certificate was not valid when it was signed"}};
}

crypto::Trust trust_of(Context& context, const store::Snapshot& evidence) {
  const auto authority = context.store().authority();
  crypto::Trust trust{{authority.root}, {authority.issuer}};
  for (auto& one : identity::trusted_authorities(evidence)) trust.anchors.push_back(std::move(one));
  return trust;
}

}  // namespace

SignatureJudge::SignatureJudge(Context& context, const Bytes& pdf, const PdfDocument& document,
                               const KeptData& kept, Problem problem)
    : context_(context),
      pdf_(pdf),
      document_(document),
      kept_(kept),
      problem_(std::move(problem)),
      evidence_(context.store().evidence()) {}

void SignatureJudge::judge(const render::FoundSignature& one, const render::FoundSignature* before,
                           Json& told) {
  if (render::is_document_timestamp(one))
    judge_stamp(one, before, told);
  else
    judge_signature(one, told);
}

// It proves nothing of signatures whose certificates had expired by then.
void SignatureJudge::judge_stamp(const render::FoundSignature& one,
                                 const render::FoundSignature* before, Json& told) {
  told["role"] = "timestamp";
  try {
    const auto at = crypto::check_timestamp_token(one.cms, crypto::sha256(one.covered(pdf_)),
                                                  stamp_authorities(context_));
    later_ = Stamp{at, stamp_signer(one)};
    told["proved"] = rfc3339(at);
    if (later_->signer) {
      told["certificate"] = later_->signer->sha256();
      told["signer"] = later_->signer->common_name();
    }
    told["trusted"] = true;
    const auto until = before ? proof_until(*before) : std::nullopt;
    if (until && *until <= at)
      problem_(one.field, "renewed-late",
               {"加蓋時戳時，前一個憑證已於 " + rfc3339(*until) + " 到期",
                "when it was stamped, the certificate before had expired at " + rfc3339(*until)});
  } catch (const Error& error) {
    problem_(one.field, "timestamp-bad", error.said());
  }
}

void SignatureJudge::judge_signature(const render::FoundSignature& one, Json& told) {
  const auto stamp = stamp_inside(one);
  if (stamp) told["proved"] = rfc3339(stamp->at);
  if (one.end <= document_.size) told["filed"] = rfc3339(document_.filed);
  const auto at = stamp ? stamp->at : one.at.value_or(context_.store().clock().now());
  try {
    const auto result =
        crypto::verify_detached(one.cms, one.covered(pdf_), trust_of(context_, evidence_), at);
    if (result.signer) tell_signer(one, *result.signer, no_later_than(one, stamp), told);
    if (const auto fault = failing(result.verdict))
      return problem_(one.field, fault->code, fault->said);
    told["trusted"] = true;
    if (crypto::holds_unsigned(one.cms))
      problem_(one.field, "unsigned-attributes",
               {"簽章裡夾帶了沒有人簽署的屬性或清單",
                "the signature carries attributes or lists that nobody signed"});
    if (render::is_pades(one) && crypto::follows_pades(one.cms))
      told["level"] = level(*result.signer, stamp ? stamp : later_);
    for (const auto& claim : false_claims(one, *result.signer, told["role"] == "seal"))
      problem_(one.field, claim.code, claim.said);
  } catch (const Error& error) {
    problem_(one.field, "signature-bad", error.said());
  }
}

std::optional<SignatureJudge::Stamp> SignatureJudge::stamp_inside(
    const render::FoundSignature& one) {
  try {
    const auto at = crypto::check_timestamp_inside(one.cms, stamp_authorities(context_));
    return at ? std::optional(Stamp{*at, stamp_signer(one)}) : std::nullopt;
  } catch (const Error& error) {
    if (error.code() != "bad-cms") problem_(one.field, "timestamp-bad", error.said());
    return std::nullopt;
  }
}

// The earliest of what proves it.
std::optional<Instant> SignatureJudge::no_later_than(const render::FoundSignature& one,
                                                     const std::optional<Stamp>& stamp) const {
  std::optional<Instant> earliest;
  const auto proves = [&](Instant at) { earliest = std::min(earliest.value_or(at), at); };
  if (stamp) proves(stamp->at);
  if (later_) proves(later_->at);
  if (one.end <= document_.size) proves(document_.filed);
  return earliest;
}

void SignatureJudge::tell_signer(const render::FoundSignature& one,
                                 const crypto::Certificate& signer,
                                 const std::optional<Instant>& no_later, Json& told) {
  const auto sha256 = signer.sha256();
  told["certificate"] = sha256;
  told["signer"] = signer.common_name();
  const auto seals = identity::seal_certificates(evidence_);
  if (std::any_of(seals.begin(), seals.end(),
                  [&](const auto& seal) { return seal.sha256() == sha256; })) {
    told["role"] = "seal";
    const auto revocation = identity::seal_revocation(evidence_, sha256);
    return tell_revoked(one, revocation ? std::optional(revocation->at) : std::nullopt, no_later,
                        told);
  }
  const auto record = identity::certificate_finder(context_.store())(sha256);
  if (!record) return;
  told["role"] = "person";
  told["account"] = signer.account();
  tell_revoked(one, record->revoked, no_later, told);
}

void SignatureJudge::tell_revoked(const render::FoundSignature& one,
                                  const std::optional<Instant>& revoked,
                                  const std::optional<Instant>& no_later, Json& told) {
  if (!revoked) return;
  told["revoked"] = rfc3339(*revoked);
  if (no_later && *no_later < *revoked) return;
  problem_(one.field, "certificate-revoked",
           {"憑證自 " + rfc3339(*revoked) + " 起廢止，沒有證據顯示是在那之前簽署",
            "the certificate is revoked since " + rfc3339(*revoked) +
                ", and nothing proves that it signed before"});
}

std::string SignatureJudge::level(const crypto::Certificate& signer,
                                  const std::optional<Stamp>& stamp) const {
  if (!stamp) return "B-B";
  const bool complete = stamp->signer && vouched_for(kept_, *stamp->signer, stamp->at) &&
                        vouched_for(kept_, signer, stamp->at);
  if (!complete) return "B-T";
  return later_ ? "B-LTA" : "B-LT";
}

}  // namespace vermilion::service
