#include "service/pdf_check.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "render/confined_reading.h"
#include "service/pdf_record.h"
#include "service/pdf_signature.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kMostChangesTold = 20;

bool is_sealed(const Json& signatures) {
  return std::any_of(signatures.begin(), signatures.end(),
                     [](const Json& one) { return one["role"] == "seal"; });
}

class PdfCheck {
 public:
  PdfCheck(Context& context, const Bytes& pdf) : context_(context), pdf_(pdf) {}

  Json run() {
    const auto [found, after, kept] = render::read_confined(pdf_);
    document_ = document_of_pdf(context_, pdf_);
    look_at_kept(kept);
    Json signatures = Json::array();
    if (found.signatures.empty())
      problem("", "not-signed", {"沒有任何簽章", "there is no signature in it"});
    SignatureJudge judge(context_, pdf_, document_, kept_,
                         [this](const auto&... what) { problem(what...); });
    for (std::size_t i = found.signatures.size(); i-- > 0;)
      signatures.insert(signatures.begin(), look_at(found.signatures, i, after[i], judge));
    look_at_end(found);
    const auto record = look_for_record(found);
    const bool ours = problems_.empty() && (is_sealed(signatures) || record.is_object());
    return {{"sha256", crypto::digest_text(pdf_)},
            {"size", pdf_.size()},
            {"sound", problems_.empty()},
            {"ours", ours},
            {"signatures", std::move(signatures)},
            {"kept", kept_json()},
            {"document", std::move(document_.answer)},
            {"record", record},
            {"problems", std::move(problems_)}};
  }

 private:
  void problem(const std::string& field, const std::string& code, const Said& said) {
    problems_.push_back({{"field", field}, {"code", code}, {"zh", said.zh}, {"en", said.en}});
  }

  void look_at_kept(const std::optional<render::ValidationData>& kept) {
    if (kept) {
      kept_ = kept_data(context_, *kept);
    } else {
      kept_.broken = 1;  // not even streams
    }
    if (kept_.broken == 0) return;
    problem(
        "", "validation-data-bad",
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
               const render::Afterwards& after, SignatureJudge& judge) {
    const auto& one = all[number];
    Json told = {{"field", one.field},   {"name", one.name},
                 {"reason", one.reason}, {"claimed", one.at ? Json(rfc3339(*one.at)) : Json()},
                 {"proved", nullptr},    {"certificate", nullptr},
                 {"signer", ""},         {"account", nullptr},
                 {"role", "unknown"},    {"trusted", false},
                 {"filed", nullptr},     {"revoked", nullptr},
                 {"level", nullptr},     {"changes_after", Json::array()}};
    if (!one.range_sound() || one.cms.empty()) {
      problem(one.field, "range-not-whole",
              {"簽章所涵蓋的範圍有缺口，或不是 PDF 簽章應有的範圍",
               "what the signature covers has gaps, or is not what a signature covers"});
      return told;
    }
    if (number > 0 && all[number - 1].hole == one.hole)
      problem(one.field, "signature-twice",
              {"同一個簽章出現在兩個欄位", "one signature stands in two fields"});
    if (!one.hole_sound(pdf_))
      problem(one.field, "filling-not-zeros",
              {"簽章後面補足長度的不全是零：藏有沒有人簽署的內容",
               "what fills the room after the signature is not all zeros: it holds something that "
               "nobody signed"});
    judge.judge(one, number > 0 ? &all[number - 1] : nullptr, told);
    told["changes_after"] = changes_after(one, after);
    return told;
  }

  // Only what a further signature needs may differ.
  Json changes_after(const render::FoundSignature& one, const render::Afterwards& after) {
    Json told = Json::array();
    if (after.unreadable) problem(one.field, "range-not-whole", *after.unreadable);
    const auto& changes = after.changes;
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
  KeptData kept_;
  PdfDocument document_;
  Json problems_ = Json::array();
};

}  // namespace

Json check_pdf(Context& context, const Bytes& pdf) { return PdfCheck(context, pdf).run(); }

bool is_good_signature(const Json& check, const Json& signature) {
  const auto& all = check["problems"];
  return signature["trusted"] == true && std::none_of(all.begin(), all.end(), [&](const Json& one) {
           return one["field"] == signature["field"];
         });
}

bool is_bare_cms(const Json& signature) {
  return signature["trusted"] == true && signature["level"].is_null() &&
         signature["role"] != "timestamp";
}

}  // namespace vermilion::service
