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

// It begins with the stored file, but for what the seal leaves out.
bool is_covered_by_seal(std::string_view pdf, const Bytes& stored) {
  const auto found = render::find_signatures(stored).signatures;
  if (found.empty() || pdf.size() < stored.size()) return false;
  const auto& seal = found.front();
  return pdf.substr(0, seal.hole) == std::string_view(stored).substr(0, seal.hole) &&
         pdf.substr(seal.hole_end, stored.size() - seal.hole_end) ==
             std::string_view(stored).substr(seal.hole_end);
}

struct Known {
  std::size_t size;  // how much of it is the stored file
  bool unsealed;
};

// As which file of that version.
std::optional<Known> known_as(Context& context, const model::Publication& p, std::string_view pdf,
                              const std::map<std::string, std::size_t>& revisions) {
  const auto stored = revisions.find(p.sealed_pdf.value_or(p.pdf));
  if (stored != revisions.end()) return Known{stored->second, false};
  const auto rendition = revisions.find(p.pdf);
  if (rendition == revisions.end()) return std::nullopt;
  if (rendition->second == pdf.size()) return Known{0, true};
  const auto file = workflow::published_version(context.store(), p.id, p.version).pdf;
  return is_covered_by_seal(pdf, file) ? std::optional(Known{0, false}) : std::nullopt;
}

}  // namespace

PdfDocument document_of_pdf(Context& context, std::string_view pdf) {
  const auto revisions = revisions_by_digest(pdf);
  const auto evidence = context.evidence();
  for (const auto& id : workflow::document_ids(evidence)) {
    const auto publications = workflow::publications_of(evidence, id);
    for (const auto& p : publications) {
      const auto known = known_as(context, p, pdf, revisions);
      if (!known) continue;
      auto document = document_json(context, evidence, publications, p);
      if (document.is_null()) return {};
      document["whole"] = known->size == pdf.size() || is_renewed(evidence, p, pdf);
      document["unsealed"] = known->unsealed;
      return {std::move(document), known->size,
              workflow::published_version(context.store(), id, p.version).at};
    }
  }
  return {};
}

}  // namespace vermilion::service
