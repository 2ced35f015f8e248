#include "service/verify_signed_pdfs.h"

#include "base/error.h"
#include "crypto/pades.h"
#include "evidence/commitment.h"
#include "evidence/verification.h"
#include "records/filing.h"
#include "records/records.h"
#include "render/revisions.h"
#include "render/signatures.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

class SignedPdfCheck {
 public:
  SignedPdfCheck(Context& context, const model::Record& record, const Fault& fault)
      : context_(context), record_(record), fault_(fault) {}

  void run() {
    const auto pdf = records::open_signed_pdf(context_.store(), record_);
    if (!pdf) return;
    const std::string_view whole = *pdf;
    const auto found = render::find_signatures(whole).signatures;
    salt_ = records::open_salt(context_.store(), record_);
    std::size_t end = records::open_part(context_.store(), record_, "shown").size();
    std::size_t given = 0;
    for (; given < record_.signatures.size(); ++given) {
      const auto& line = record_.signatures[given];
      part_ = line.name + ".update";
      if (!records::has_part(record_, part_)) break;
      const auto before = whole.substr(0, end);
      end += records::open_part(context_.store(), record_, part_).size();
      if (given >= found.size() || found[given].end != end || found[given].field != line.name)
        return bad({"PDF 內的這一段不是一個簽章，或不在這個簽署的欄位",
                    "this part of the PDF is not one signature in the field of its turn"});
      attempt(place(), fault_, [&] { check(line, found[given], before, whole.substr(0, end)); });
    }
    if (found.size() != given)
      bad({"PDF 內的簽章比聲明多", "there are more signatures in the PDF than statements"});
  }

 private:
  [[nodiscard]] std::string place() const {
    return model::record_folder(record_.sequence) + "/" + part_;
  }
  void bad(const Said& said) { fault_(place(), said); }

  // Whose signature it is and by which certificate; whether that holds check_record says.
  [[nodiscard]] evidence::Verified statement_of(const model::RecordSignature& line) {
    auto& store = context_.store();
    return evidence::verify_statement(
        records::open_part(store, record_, line.name + ".statement"),
        records::open_part(store, record_, line.name + ".p7s"), store.authority().root,
        store.settings().id, store.log().checkpoint().size, identity::certificate_finder(store));
  }

  void check(const model::RecordSignature& line, const render::FoundSignature& found,
             std::string_view before, std::string_view after) {
    const auto signed_with = statement_of(line);
    if (!signed_with.statement || !signed_with.certificate) return;
    const auto covered = found.covered(after);
    const auto named = string_or_empty(signed_with.statement->subject, records::kSignedPdf);
    if (named != evidence::commitment_text(salt_, covered) || found.at != signed_with.statement->at)
      bad({"PDF 內的簽章不是聲明所指的那一個",
           "the signature within the PDF is not the one that the statement names"});
    const auto verdict =
        evidence::verify_beside(covered, found.cms, signed_with, context_.store().authority().root,
                                identity::certificate_finder(context_.store()));
    if (verdict != evidence::Verdict::good) bad(evidence::verdict_said(verdict));
    (void)crypto::check_timestamp_inside(found.cms, stamp_authorities(context_));
    if (!render::changes_between(before, after).empty())
      bad({"簽署時 PDF 除簽章欄外另有更動",
           "with this signature more of the PDF was altered than its field"});
  }

  Context& context_;
  const model::Record& record_;
  const Fault& fault_;
  Bytes salt_;
  std::string part_;
};

}  // namespace

void check_signed_pdf(Context& context, const model::Record& record, const Fault& fault) {
  SignedPdfCheck(context, record, fault).run();
}

}  // namespace vermilion::service
