#include "service/pdf_document.h"

#include <algorithm>

#include "crypto/digest.h"
#include "evidence/revision.h"
#include "render/signatures.h"
#include "service/access.h"
#include "workflow/documents.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kMostRevisions = 16;

// The digests of the file and of each of its beginnings that may have been a file.
std::vector<std::string> digests_of_revisions(std::string_view pdf) {
  std::vector<std::string> digests{crypto::digest_text(pdf)};
  auto ends = render::revision_ends(pdf);
  if (ends.size() > kMostRevisions) ends.resize(kMostRevisions);
  for (const std::size_t end : ends) digests.push_back(crypto::digest_text(pdf.substr(0, end)));
  return digests;
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

}  // namespace

Json document_of_pdf(Context& context, std::string_view pdf) {
  const auto digests = digests_of_revisions(pdf);
  const auto evidence = context.evidence();
  for (const auto& id : workflow::document_ids(evidence)) {
    const auto publications = workflow::publications_of(evidence, id);
    for (const auto& p : publications) {
      const auto stored = std::find(digests.begin(), digests.end(), p.sealed_pdf.value_or(p.pdf));
      if (stored == digests.end()) continue;
      auto document = document_json(context, evidence, publications, p);
      if (!document.is_null()) document["whole"] = *stored == digests.front();
      return document;
    }
  }
  return nullptr;
}

}  // namespace vermilion::service
