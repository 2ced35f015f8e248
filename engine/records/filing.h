// Filing a record and signing it on: prepare -> sign -> commit, everything sealed.
//
// Idea     The content's salt is chosen at prepare, so that the statement can name the commitment before anything is sealed.
//          Sequence and running number are taken under the writer's lock, from records/numbers.json {"sequence": n, "forms":
//          {"nda-employee": {"115": 12}}}: no gap, no duplicate, whatever is refused or killed.
// Subject  {type: "record", id, form, form_version, form_digest, text (sha256 of text.md), content (hmac-sha256:…),
//          shown (hmac-sha256:…), scan (hmac-sha256:… or null), account, date, medium, imported, corrects}: the same in every
//          signature of a record, but for signed_pdf (hmac-sha256:…) where the PDF is signed as well: all that this signature
//          within it covers. Its id is the ULID the record gets; the act's subject becomes "record <id>".
// Errors   invalid "values-invalid", "text-not-read", "scan-missing", "bad-date", "date-in-future", "correction-of-another-form", "import-of-agreement";
//          forbidden "correction-of-another-person"; conflict
//          "form-superseded" (a text that is no longer in force), "text-changed" (what was read is not the form's text),
//          "already-signed", "record-complete", "already-corrected", "record-changed" (somebody signed meanwhile); corrupt "number-taken" (the counters were wound back); forbidden
//          "not-your-turn" (the slot's role), "not-the-subject" (somebody else signs for the person), "same-person" (a slot that
//          must differ), "role-not-held", "no-delegation" (of the right record.sign).
// Source   architecture section 2 Sealing, section 3; docs-src/adr/0021-persons-sign-within-the-pdf.md; stories S3, S7.
#pragma once
#include <functional>
#include <string>

#include "identity/signing.h"
#include "model/record.h"
#include "records/forms.h"

namespace vermilion::records {

struct NewRecord {
  std::string form;
  std::string form_version;  // "" the one in force; any other is refused, but for an import
  Json values;
  std::string account;       // whom it is about; "" the signer; of a correction always that of the corrected
  Date date;                 // likewise
  std::string read_digest;   // sha256 of the text that the signer read; required of agreements
  model::Medium medium = model::Medium::electronic;  // paper: filed by a keeper, `scan` holds the paper
  Bytes scan;
  bool imported = false;     // an agreement: only on a version before the one in force, with its scan
  std::string corrects;      // id or number of the record this one corrects, or ""
};

struct Rendition {
  const PublishedForm& form;
  const Json& values;
  const model::Record& record;                         // number "" at prepare
  std::vector<evidence::FiledStatement> statements;    // none at prepare
  // To be signed in, one for each signature of the form; or none.
  std::vector<std::string> fields = {};
};

// A signature within a PDF before it is made.
struct PdfUpdate {
  identity::PdfToSign pdf;
  std::string certificate;  // SHA-256 of the one that it shows: no other signs
  std::function<Bytes(std::string_view cms)> appended;  // what it adds to the PDF
};

// What the service draws, and how it is signed in.
struct Paper {
  // The PDF of a record. Called at prepare without number and signatures (what is read), and under the lock at the last signature
  // with both, unless all have signed within the first.
  std::function<Bytes(const Rendition&)> render;
  // The next signature in `pdf`, in that field, by the statement that will be signed with it. Empty: the signer's key cannot.
  std::function<PdfUpdate(const Bytes& pdf, const std::string& field, const model::Statement&)>
      update;
};

// The member of a statement's subject that binds the signature within the PDF.
inline constexpr const char* kSignedPdf = "signed_pdf";

// `meaning` and kind come from the form's first slot ("record" and 紙本登錄 for paper, "import" and 匯入 for an imported record,
// "correction" and 更正 for a correction). A paper or imported record is complete with this one signature.
[[nodiscard]] identity::Prepared prepare_record(store::Store& store, const NewRecord& record,
                                                const Paper& paper,
                                                const model::SignerFields& signer,
                                                const store::Act& act);
// The next slot of the form the record was filed on.
[[nodiscard]] identity::Prepared prepare_signature(store::Store& store, const std::string& id,
                                                   const Paper& paper,
                                                   const model::SignerFields& signer,
                                                   const store::Act& act);
// The slot whose turn it is; nothing when complete or corrected.
[[nodiscard]] std::optional<model::SignerSlot> next_slot(const store::Snapshot& evidence,
                                                         const model::Record& record);

}  // namespace vermilion::records
