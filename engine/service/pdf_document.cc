#include "service/pdf_document.h"

#include <algorithm>
#include <map>

#include "crypto/digest.h"
#include "evidence/revision.h"
#include "render/signatures.h"
#include "service/access.h"
#include "workflow/documents.h"
#include "workflow/renewals.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kMostRevisions = 16;

// The file and each of its beginnings that may have been a file: how long it is, by its digest.
std::map<std::string, std::size_t> revisions_by_digest(std::string_view pdf) {
  std::map<std::string, std::size_t> revisions{{crypto::digest_text(pdf), pdf.size()}};
  auto ends = render::revision_ends(pdf);
  if (ends.size() > kMostRevisions) ends.resize(kMostRevisions);
  for (const std::size_t end : ends)
    revisions.emplace(crypto::digest_text(pdf.substr(0, end)), end);
  return revisions;
}

Json document_json(Context& context, const store::Snapshot& evidence,
                   const std::vector<model::Publication>& publications,
                   const model::Publication& p) {
  const auto metadata = metadata_of_version(context, evidence, p.id, p.version);
  if (!metadata) return nullptr;
  const auto withdrawal = workflow::withdrawal_of(evidence, p.id);
  const auto state = evidence::published_state(p, context.day(), publications, withdrawal);
  const auto in_force = evidence::in_force_on(context.day(), publications, withdrawal);
  const bool replaced = state == evidence::State::superseded && in_force;
  return {{"id", p.id},
          {"version", p.version.text()},
          {"title", metadata->title},
          {"state", evidence::state_name(state)},
          {"state_label", evidence::state_label(state)},
          {"effective", iso_date(p.effective)},
          {"replaced_by", replaced ? Json(in_force->text()) : Json(nullptr)}};
}

// The stored file with what a renewal appended, at whichever time.
bool is_renewed(const store::Snapshot& evidence, const model::Publication& p,
                std::string_view pdf) {
  const auto renewals = workflow::renewals_of(evidence, p.id, p.version);
  const auto digest = crypto::digest_text(pdf);
  return std::any_of(renewals.begin(), renewals.end(),
                     [&](const auto& one) { return one.after == digest; });
}

}  // namespace

PdfDocument document_of_pdf(Context& context, std::string_view pdf) {
  const auto revisions = revisions_by_digest(pdf);
  const auto evidence = context.evidence();
  for (const auto& id : workflow::document_ids(evidence)) {
    const auto publications = workflow::publications_of(evidence, id);
    for (const auto& p : publications) {
      const auto stored = revisions.find(p.sealed_pdf.value_or(p.pdf));
      if (stored == revisions.end()) continue;
      auto document = document_json(context, evidence, publications, p);
      if (document.is_null()) return {};
      document["whole"] = stored->second == pdf.size() || is_renewed(evidence, p, pdf);
      return {std::move(document), stored->second,
              workflow::published_version(context.store(), id, p.version).at};
    }
  }
  return {};
}

}  // namespace vermilion::service
