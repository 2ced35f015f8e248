#include "service/pdf_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/digest.h"
#include "crypto/pades.h"
#include "crypto/timestamp.h"
#include "identity/outside.h"
#include "identity/seal.h"
#include "render/revisions.h"
#include "render/signatures.h"
#include "service/long_term.h"
#include "service/pdf_document.h"
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
    document_ = document_of_pdf(context_, pdf_);
    look_at_kept(found.size);
    Json signatures = Json::array();
    if (found.signatures.empty())
      problem("", "not-signed", {"沒有任何簽章", "there is no signature in it"});
    for (std::size_t i = 0; i < found.signatures.size(); ++i)
      signatures.push_back(look_at(found.signatures, i, found.size));
    tell_archived(signatures);
    look_at_end(found);
    return {{"sha256", crypto::digest_text(pdf_)},
            {"size", pdf_.size()},
            {"sound", problems_.empty()},
            {"signatures", std::move(signatures)},
            {"kept", kept_json()},
            {"document", std::move(document_.answer)},
            {"problems", std::move(problems_)}};
  }

 private:
  void problem(const std::string& field, const std::string& code, const Said& said) {
    problems_.push_back({{"field", field}, {"code", code}, {"zh", said.zh}, {"en", said.en}});
  }

  // What is complete and under a later stamp over the whole is B-LTA.
  static void tell_archived(Json& signatures) {
    bool under_stamp = false;
    for (auto one = signatures.rbegin(); one != signatures.rend(); ++one) {
      if ((*one)["role"] == "timestamp" && (*one)["trusted"] == true) under_stamp = true;
      if ((*one)["level"] == "B-LT" && under_stamp) (*one)["level"] = "B-LTA";
    }
  }

  void look_at_kept(std::size_t size) {
    try {
      kept_ = kept_data(context_, std::string_view(pdf_).substr(0, size));
    } catch (const Error&) {
      kept_.broken = 1;  // not even streams
    }
    if (kept_.broken == 0) return;
    problem("", "validation-data-bad",
            {fmt::format("所附的驗證資料有 {} 項不是憑證，或清單不是已知的機構所簽", kept_.broken),
             fmt::format("of the validation data kept in it, {} are no certificate, or no list by an "
                         "authority that is known",
                         kept_.broken)});
  }

  Json kept_json() {
    Json lists = Json::array();
    for (const auto& term : kept_.terms)
      lists.push_back({{"issuer", term.issuer.common_name()},
                       {"made", rfc3339(term.made)},
                       {"next", term.next ? Json(rfc3339(*term.next)) : Json()}});
    return {{"certificates", kept_.certificates.size()}, {"lists", std::move(lists)}};
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
                 {"filed", nullptr},
                 {"revoked", nullptr},
                 {"level", nullptr},
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
    if (render::is_document_timestamp(one))
      judge_stamp(one, number > 0 ? &all[number - 1] : nullptr, told);
    else
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

  // A stamp over the whole proves nothing of signatures whose certificates had expired by then.
  void judge_stamp(const render::FoundSignature& one, const render::FoundSignature* before,
                   Json& told) {
    told["role"] = "timestamp";
    try {
      const auto at = crypto::check_timestamp_token(
          one.cms, crypto::sha256(one.covered(pdf_)), stamp_authorities(context_));
      const auto signer = stamp_signer(one);
      told["proved"] = rfc3339(at);
      told["certificate"] = signer ? Json(signer->sha256()) : Json(nullptr);
      told["signer"] = signer ? signer->common_name() : "";
      told["trusted"] = true;
      const auto until = before ? proof_until(*before) : std::nullopt;
      if (until && *until <= at)
        problem(one.field, "renewed-late",
                {"加蓋時戳時，前一個憑證已於 " + rfc3339(*until) + " 到期",
                 "when it was stamped, the certificate before had expired at " + rfc3339(*until)});
    } catch (const Error& error) {
      problem(one.field, "timestamp-bad", error.said());
    }
  }

  void judge(const render::FoundSignature& one, Json& told) {
    const auto stamp = proved(one);
    if (stamp) told["proved"] = rfc3339(*stamp);
    const bool in_stored_file = one.end <= document_.size;
    if (in_stored_file) told["filed"] = rfc3339(document_.filed);
    const auto at = stamp ? *stamp : one.at.value_or(context_.store().clock().now());
    auto trust =
        crypto::Trust{{context_.store().authority().root}, {context_.store().authority().issuer}};
    for (auto& authority : identity::trusted_authorities(evidence_))
      trust.anchors.push_back(std::move(authority));
    try {
      const auto result = crypto::verify_detached(one.cms, one.covered(pdf_), trust, at);
      if (result.signer) {
        const auto log = in_stored_file ? std::optional(document_.filed) : std::nullopt;
        tell_signer(one, *result.signer, stamp ? stamp : log, told);
      }
      if (const auto fault = failing(result.verdict))
        return problem(one.field, fault->code, fault->said);
      told["trusted"] = true;
      told["level"] = baseline_level(kept_, one.cms, *result.signer, stamp.has_value());
    } catch (const Error& error) {
      problem(one.field, "signature-bad", error.said());
    }
  }

  // `no_later`: a time by which it is proved to have been made. What is claimed counts for nothing once the key may be in other
  // hands.
  void tell_signer(const render::FoundSignature& one, const crypto::Certificate& signer,
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

  void tell_revoked(const render::FoundSignature& one, const std::optional<Instant>& revoked,
                    const std::optional<Instant>& no_later, Json& told) {
    if (!revoked) return;
    told["revoked"] = rfc3339(*revoked);
    if (no_later && *no_later < *revoked) return;
    problem(one.field, "certificate-revoked",
            {"憑證自 " + rfc3339(*revoked) + " 起廢止，沒有證據顯示是在那之前簽署",
             "the certificate is revoked since " + rfc3339(*revoked) +
                 ", and nothing proves that it signed before"});
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
  KeptData kept_;
  PdfDocument document_;
  Json problems_ = Json::array();
};

}  // namespace

Json check_pdf(Context& context, const Bytes& pdf) { return PdfCheck(context, pdf).run(); }

}  // namespace vermilion::service
