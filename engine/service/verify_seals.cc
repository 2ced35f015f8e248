#include "service/verify_seals.h"

#include <algorithm>
#include <limits>

#include "crypto/cms.h"
#include "crypto/digest.h"
#include "crypto/pades.h"
#include "crypto/ssh_signature.h"
#include "identity/seal.h"
#include "render/signatures.h"
#include "service/long_term.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

constexpr std::string_view kSealSubject = "seal ";
constexpr const char* kRevocation = ".revocation.statement.json";
constexpr std::size_t kMostBeginnings = 16;

std::string seal_file(const std::string& sha256, const std::string& ending) {
  return std::string(identity::kSealFolder) + "/" + sha256 + ending;
}

// The store's sealing key; another one only after a certificate of the seal was revoked.
bool is_for_own_key(const store::Snapshot& evidence, const crypto::Certificate& certificate) {
  const auto key = crypto::allowed_signer_key(evidence.require("people/allowed_signers"));
  if (certificate.public_key().spki() == key.spki()) return true;
  const auto all = identity::seal_certificates(evidence);
  return std::any_of(all.begin(), all.end(), [&](const auto& one) {
    const auto revoked = identity::seal_revocation(evidence, one.sha256());
    return revoked && revoked->at <= certificate.not_before();
  });
}

void check_revocation(const store::Snapshot& evidence, const crypto::Certificate& certificate,
                      const Fault& fault) {
  const auto file = seal_file(certificate.sha256(), kRevocation);
  const auto bytes = evidence.read(file);
  if (!bytes) return;
  const auto statement = model::parse_statement(*bytes);
  if (string_or_empty(statement.subject, "certificate") == "sha256:" + certificate.sha256() &&
      string_or_empty(statement.subject, "serial") == certificate.serial())
    return;
  fault(file, {"廢止的是另一張憑證", "it revokes another certificate"});
}

void check_seal_certificate(Context& context, const crypto::Certificate& certificate,
                            const std::string& where, const Fault& fault) {
  const auto evidence = context.store().evidence();
  const auto bytes = evidence.read(seal_file(certificate.sha256(), ".statement.json"));
  const bool is_signed =
      bytes && string_or_empty(model::parse_statement(*bytes).subject, "certificate") ==
                   "sha256:" + certificate.sha256();
  if (!is_signed || where != seal_file(certificate.sha256(), ".pem"))
    fault(where, {"機關印章的憑證沒有人簽署過", "nobody signed for this certificate of the seal"});
  const crypto::Trust trust{{context.store().authority().root},
                            {context.store().authority().issuer}};
  if (!is_for_own_key(evidence, certificate) ||
      !crypto::chains_to(certificate, trust, std::nullopt)) {
    fault(where, {"機關印章的憑證不是本庫的印信金鑰，或不是本庫所簽發",
                  "the certificate of the seal is not for the store's sealing key, or not issued "
                  "by the store"});
  }
  check_revocation(evidence, certificate, fault);
}

bool has_rendition(const workflow::Published& published) {
  auto ends = render::revision_ends(published.pdf);
  if (ends.size() > kMostBeginnings) ends.resize(kMostBeginnings);
  return std::any_of(ends.begin(), ends.end(), [&](std::size_t end) {
    return crypto::digest_text(published.pdf.substr(0, end)) == published.publication.pdf;
  });
}

// Sealed by one of these, over the whole file, at the time proved or, without proof, when it was filed.
bool has_good_seal(Context& context, const workflow::Published& published,
                   const std::vector<crypto::Certificate>& seals) {
  const auto found = render::find_signatures(published.pdf).signatures;
  if (found.size() != 1 || found.front().end != published.pdf.size()) return false;
  const auto& seal = found.front();
  const auto proved = crypto::check_timestamp_inside(seal.cms, stamp_authorities(context));
  const auto result =
      crypto::verify_detached(seal.cms, seal.covered(published.pdf),
                              context.store().authority().root, proved.value_or(published.at));
  if (result.verdict != crypto::CmsVerdict::good) return false;
  return std::any_of(seals.begin(), seals.end(),
                     [&](const auto& one) { return one.sha256() == result.signer->sha256(); });
}

// What was kept in it for later checks; what was published before anything was kept has nothing.
bool keeps_enough(Context& context, const workflow::Published& published,
                  const std::vector<crypto::Certificate>& seals) {
  const auto kept = kept_data(context, render::read_validation_data(published.pdf));
  if (kept.broken != 0) return false;
  if (kept.certificates.empty() && kept.lists.empty()) return true;
  return std::any_of(seals.begin(), seals.end(),
                     [&](const auto& one) { return vouched_for(kept, one, Instant{}); });
}

// What an act of that kind filed beside a certificate of the seal lies there still.
void check_still_there(Context& context, const std::string& kind, const std::string& ending,
                       const Fault& fault, const Said& gone) {
  store::LogFilter filter;
  filter.kind = kind;
  filter.subject_prefix = kSealSubject;
  filter.limit = std::numeric_limits<std::size_t>::max();
  for (const auto& row : context.store().catalogue().log(filter)) {
    const auto file = seal_file(row.subject.substr(kSealSubject.size()), ending);
    if (!row.commit.empty() && !context.store().evidence().read(file)) fault(file, gone);
  }
}

// Those that a seal of then may be made with.
std::vector<crypto::Certificate> unrevoked_seals(const store::Snapshot& then) {
  auto seals = identity::seal_certificates(then);
  std::erase_if(seals, [&](const auto& one) {
    return identity::seal_revocation(then, one.sha256()).has_value();
  });
  return seals;
}

}  // namespace

void check_seal_certificates(Context& context, const std::function<void()>& count,
                             const Fault& fault) {
  const auto evidence = context.store().evidence();
  for (const auto& entry : evidence.list(identity::kSealFolder)) {
    if (!entry.name.ends_with(".pem")) continue;
    count();
    const auto where = std::string(identity::kSealFolder) + "/" + entry.name;
    attempt(where, fault, [&] {
      check_seal_certificate(context, crypto::Certificate::from_pem(evidence.require(where)), where,
                             fault);
    });
  }
  check_still_there(
      context, "seal", ".pem", fault,
      {"簽發過的機關印章憑證不見了", "a certificate of the seal that was issued is gone"});
  check_still_there(context, "revocation", kRevocation, fault,
                    {"機關印章憑證的廢止不見了", "a revocation of the seal's certificate is gone"});
}

void check_seal(Context& context, const std::string& where, const workflow::Published& published,
                const Fault& fault) {
  const auto then = context.store().evidence_of(published.commit);
  if (!published.publication.sealed_pdf) {
    if (identity::seal_certificate(then, published.at))
      fault(where, {"發布時已有機關印章，這份卻沒有加封",
                    "it was published without the seal, although there was one"});
    return;
  }
  if (!has_rendition(published))
    fault(where, {"加封的 PDF 不是由簽署的那份而來",
                  "the sealed PDF is not the signed rendition with a seal after it"});
  const auto seals = unrevoked_seals(then);
  if (!has_good_seal(context, published, seals))
    fault(where,
          {"機關印章不成立，或加封後有變動", "the seal does not hold, or something came after it"});
  if (!keeps_enough(context, published, seals))
    fault(where, {"印章所附的驗證資料不足或不成立",
                  "the validation data kept with the seal is not enough, or does not hold"});
}

}  // namespace vermilion::service
