#include "service/pdf_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/digest.h"
#include "crypto/pades.h"
#include "identity/outside.h"
#include "identity/seal.h"
#include "render/revisions.h"
#include "render/signatures.h"
#include "service/pdf_document.h"
#include "service/pdf_record.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kMostChangesTold = 20;

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

class PdfCheck {
 public:
  PdfCheck(Context& context, const Bytes& pdf)
      : context_(context), pdf_(pdf), evidence_(context.store().evidence()) {}

  Json run() {
    const auto found = render::find_signatures(pdf_);
    Json signatures = Json::array();
    if (found.signatures.empty())
      problem("", "not-signed", {"沒有任何簽章", "there is no signature in it"});
    for (std::size_t i = 0; i < found.signatures.size(); ++i)
      signatures.push_back(look_at(found.signatures, i, found.size));
    look_at_end(found);
    const auto record = look_for_record(found);
    return {{"sha256", crypto::digest_text(pdf_)},
            {"size", pdf_.size()},
            {"sound", problems_.empty()},
            {"signatures", std::move(signatures)},
            {"document", document_of_pdf(context_, pdf_)},
            {"record", record},
            {"problems", std::move(problems_)}};
  }

 private:
  void problem(const std::string& field, const std::string& code, const Said& said) {
    problems_.push_back({{"field", field}, {"code", code}, {"zh", said.zh}, {"en", said.en}});
  }

  Json look_at(const std::vector<render::FoundSignature>& all, std::size_t number,
               std::size_t size) {
    const auto& one = all[number];
    Json told = {{"field", one.field},
                 {"name", one.name},
                 {"reason", one.reason},
                 {"claimed", one.at ? Json(rfc3339(*one.at)) : Json()},
                 {"proved", nullptr},
                 {"certificate", nullptr},
                 {"signer", ""},
                 {"account", nullptr},
                 {"role", "unknown"},
                 {"trusted", false},
                 {"changes_after", Json::array()}};
    if (!one.range_sound() || one.cms.empty()) {
      problem(one.field, "range-not-whole",
              {"簽章所涵蓋的範圍有缺口，或不是 PDF 簽章應有的範圍",
               "what the signature covers has gaps, or is not what a signature covers"});
      return told;
    }
    if (number > 0 && all[number - 1].hole == one.hole)
      problem(one.field, "signature-twice",
              {"同一個簽章出現在兩個欄位", "one signature stands in two fields"});
    judge(one, told);
    const bool followed = number + 1 < all.size() && all[number + 1].end > one.end;
    told["changes_after"] = changes_after(one, followed ? all[number + 1].end : size);
    return told;
  }

  // Proved by a stamp that is inside, or as claimed.
  std::optional<Instant> proved(const render::FoundSignature& one) {
    try {
      return crypto::check_timestamp_inside(one.cms, stamp_authorities(context_));
    } catch (const Error& error) {
      if (error.code() != "bad-cms") problem(one.field, "timestamp-bad", error.said());
      return std::nullopt;
    }
  }

  void judge(const render::FoundSignature& one, Json& told) {
    const auto stamp = proved(one);
    if (stamp) told["proved"] = rfc3339(*stamp);
    const auto at = stamp ? *stamp : one.at.value_or(context_.store().clock().now());
    auto trust =
        crypto::Trust{{context_.store().authority().root}, {context_.store().authority().issuer}};
    for (auto& authority : identity::trusted_authorities(evidence_))
      trust.anchors.push_back(std::move(authority));
    try {
      const auto result = crypto::verify_detached(one.cms, one.covered(pdf_), trust, at);
      if (result.signer) tell_signer(one, *result.signer, at, told);
      if (const auto fault = failing(result.verdict))
        return problem(one.field, fault->code, fault->said);
      told["trusted"] = true;
    } catch (const Error& error) {
      problem(one.field, "signature-bad", error.said());
    }
  }

  void tell_signer(const render::FoundSignature& one, const crypto::Certificate& signer, Instant at,
                   Json& told) {
    const auto sha256 = signer.sha256();
    told["certificate"] = sha256;
    told["signer"] = signer.common_name();
    const auto seals = identity::seal_certificates(evidence_);
    if (std::any_of(seals.begin(), seals.end(),
                    [&](const auto& seal) { return seal.sha256() == sha256; })) {
      told["role"] = "seal";
      return;
    }
    const auto record = identity::certificate_finder(context_.store())(sha256);
    if (!record) return;
    told["role"] = "person";
    told["account"] = signer.account();
    if (record->revoked && *record->revoked <= at)
      problem(one.field, "certificate-revoked",
              {"簽署時憑證已經廢止", "the certificate had been revoked when it was signed"});
  }

  // Between where this signature ends and where the next one does: only what a further signature needs may differ.
  Json changes_after(const render::FoundSignature& one, std::size_t until) {
    Json told = Json::array();
    if (until <= one.end) return told;
    const auto changes = compared(one, until);
    for (const auto& change : changes) {
      if (told.size() == kMostChangesTold) break;
      told.push_back({{"object", change.number}, {"kind", change.kind}});
    }
    if (!changes.empty())
      problem(
          one.field, "changed-after-signing",
          {fmt::format("簽署之後有 {} 個物件被改過（{}）", changes.size(), changes.front().kind),
           fmt::format("objects altered after it was signed: {} ({})", changes.size(),
                       changes.front().kind)});
    return told;
  }

  // Where what was signed is no PDF by itself, nothing can be compared with it.
  std::vector<render::ObjectChange> compared(const render::FoundSignature& one, std::size_t until) {
    const std::string_view whole = pdf_;
    try {
      return render::changes_between(whole.substr(0, one.end), whole.substr(0, until));
    } catch (const Error& error) {
      problem(one.field, "range-not-whole", error.said());
      return {};
    }
  }

  // Good signatures on a file that is not the record they name: somebody signed, but not there and then.
  Json look_for_record(const render::FoundSignatures& found) {
    for (const auto& one : found.signatures) {
      auto record = record_of_pdf(context_, pdf_, one.reason);
      if (record.is_null()) continue;
      if (problems_.empty() && record["kept"] == "other")
        problem("", "not-the-record",
                {"這個檔案不是簽章所指的那筆紀錄",
                 "this file is not the record that its signatures "
                 "name"});
      return record;
    }
    return nullptr;
  }

  // What no signature covers at the end of the file.
  void look_at_end(const render::FoundSignatures& found) {
    std::size_t covered = 0;
    for (const auto& one : found.signatures) covered = std::max(covered, one.end);
    if (covered == 0 || covered == pdf_.size()) return;
    problem(
        "", "bytes-appended",
        {fmt::format("最後一個簽章之後還有 {} 個位元組，不在任何簽章之內", pdf_.size() - covered),
         fmt::format("{} bytes follow the last signature, and none covers them",
                     pdf_.size() - covered)});
  }

  Context& context_;
  const Bytes& pdf_;
  store::Snapshot evidence_;
  Json problems_ = Json::array();
};

}  // namespace

Json check_pdf(Context& context, const Bytes& pdf) { return PdfCheck(context, pdf).run(); }

}  // namespace vermilion::service
