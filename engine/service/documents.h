// What a person does with controlled documents. One function per deed: permission, act, log entry.
//
// Shape    Answers are JSON as in schemas/ (the same for CLI and web).
// Errors   forbidden, conflict and invalid are refusals: logged, then thrown.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

struct NewDocument {
  Bytes source;         // Markdown with front matter
  std::string id;       // overrides the front matter
  std::string version;  // overrides; else the front matter's, else 1.0
  std::string summary;
};
[[nodiscard]] Json create_document(Context& context, const NewDocument& request);

struct ImportRequest {
  Bytes source;  // plain text, or Markdown with front matter
  bool markdown = false;
  std::string id;
  std::string title;  // overrides what the text's cover says
  std::string version;
  std::string classification;
  std::string owner_unit;
  std::vector<std::string> countersign;
  std::string effective;  // a date; else the revision date on the cover
};
[[nodiscard]] Json import_document(Context& context, const ImportRequest& request);

struct DraftRequest {
  std::string id;
  std::string version;          // "" : the open draft, else the next minor
  std::optional<Bytes> source;  // Markdown, front matter optional; nothing: as it stands
  std::string summary;
  std::map<std::string, std::optional<Bytes>> files = {};  // pictures, by name; without bytes: taken away
};
// The answer's `notes` tell what of the pictures would keep it from being submitted. A picture that cannot be decoded is refused.
[[nodiscard]] Json draft_document(Context& context, const DraftRequest& request);

struct StepRequest {
  std::string id;
  std::string version;  // "" : the open draft
  std::string on_behalf_of;
  std::string unit;  // countersign: "" for one's own
  std::string comment;
  std::string read_draft =
      {};  // commit of the draft one was shown; "" not said. Another one since: conflict "draft-changed"
};
[[nodiscard]] Json submit_document(Context& context, const StepRequest& request);
[[nodiscard]] Json review_document(Context& context, const StepRequest& request);
[[nodiscard]] Json countersign_document(Context& context, const StepRequest& request);
[[nodiscard]] Json approve_document(Context& context, const StepRequest& request);
[[nodiscard]] Json return_document(Context& context, const StepRequest& request);

[[nodiscard]] Json publish_document(Context& context, const std::string& id,
                                    const std::string& version, const std::string& effective);
[[nodiscard]] Json withdraw_document(Context& context, const std::string& id,
                                     const std::string& effective, const std::string& reason);

// [{id,title,version,state,classification,effective}]: what the caller may see, as of day() and evidence().
[[nodiscard]] Json list_documents(Context& context);
// Metadata, the version in force on day(), every version with its state and signatures; with `text` its Markdown.
[[nodiscard]] Json show_document(Context& context, const std::string& id,
                                 const std::string& version, bool text);
// Every event: submissions, signatures, publications, with the act and log index of each.
[[nodiscard]] Json document_history(Context& context, const std::string& id);
// Clause by clause, and which pictures; `from` "" : the base of `to`; `to` "" : the open draft, else the version in force.
[[nodiscard]] Json diff_document(Context& context, const std::string& id, const std::string& from,
                                 const std::string& to);

struct DocumentFile {
  Bytes bytes;
  std::string type;  // image/png
};
// A picture of a version, published or draft, to whom its text opens; logged as reading the text is. Throws not_found "no-file".
[[nodiscard]] DocumentFile document_file(Context& context, const std::string& id,
                                         const std::string& version, const std::string& name);

struct Exported {
  Bytes pdf;  // what was asked for
  std::string version;
  std::string state;  // "superseded": the copy carries a mark, the stored bytes do not
};
// What a PDF says of the version's state on day(): only when it is void 作廢; always, also 現行 with that day; or nothing, being the
// stored bytes.
enum class StateMark { when_void, always, none };
struct PdfExport {
  std::string id;
  std::string version = {};  // "": in force on day()
  StateMark mark = StateMark::when_void;
  std::optional<std::string> password = {};  // a copy that it alone opens (render/copies.h)
};
// The stored PDF, or a labelled copy of it. Throws invalid "copy-password"; of the stored bytes no copy is encrypted: invalid "copy-not-original".
[[nodiscard]] Exported export_pdf(Context& context, const PdfExport& request);
// The review rendition of the open draft, marked 草案: what reviewers sign.
[[nodiscard]] Exported export_review_pdf(Context& context, const std::string& id,
                                         const std::string& version);
// What diff_document() says as a sheet to print, 修訂對照表: old and new side by side. `version` is the newer one.
[[nodiscard]] Exported export_diff_pdf(Context& context, const std::string& id,
                                       const std::string& from, const std::string& to);
// Files for checking the approvals with stock openssl: NAME.statement.json, NAME.statement.json.p7s, root.pem, recipe.txt; and what they
// are about: document.md, published.pdf, the version's pictures.
[[nodiscard]] std::vector<std::pair<std::string, Bytes>> export_approvals(
    Context& context, const std::string& id, const std::string& version);

}  // namespace vermilion::service
