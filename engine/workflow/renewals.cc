#include "workflow/renewals.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vermilion::workflow {
namespace {

constexpr std::string_view kFacts = ".json";

std::string renewals_folder(const std::string& id, const model::Version& version) {
  return model::document_folder(id) + "/renewals/" + version.text();
}

std::string update_path(const std::string& path) { return path + ".update"; }

}  // namespace

std::vector<Renewal> renewals_of(const store::Snapshot& evidence, const std::string& id,
                                 const model::Version& version) {
  std::vector<Renewal> all;
  const auto folder = renewals_folder(id, version);
  for (const auto& entry : evidence.list(folder)) {
    if (!entry.name.ends_with(kFacts)) continue;
    const auto path = folder + "/" + entry.name;
    const auto facts = parse_json(evidence.require(path));
    all.push_back({path.substr(0, path.size() - kFacts.size()), require_string(facts, "before"),
                   require_string(facts, "after"), parse_instant(require_string(facts, "until"))});
  }
  return all;
}

Bytes renewed_pdf(const store::Snapshot& evidence, const Published& published) {
  Bytes pdf = published.pdf;
  const auto& p = published.publication;
  for (const auto& one : renewals_of(evidence, p.id, p.version))
    pdf += evidence.require(update_path(one.path));
  return pdf;
}

store::Receipt file_renewal(store::Store& store, const Published& published, const Bytes& former,
                            const Bytes& renewed, Instant until, const store::Act& wanted) {
  VERMILION_ASSERT(renewed.starts_with(former));
  const auto& p = published.publication;
  const auto count = renewals_of(store.evidence(), p.id, p.version).size();
  const auto path = fmt::format("{}/{:02}", renewals_folder(p.id, p.version), count + 1);
  const Json facts = {{"before", evidence::content_digest(former)},
                      {"after", evidence::content_digest(renewed)},
                      {"until", rfc3339(until)}};
  store::Act act = wanted;
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    if (renewals_of(now.evidence, p.id, p.version).size() != count)
      throw Error(Failure::conflict, "renewed-meanwhile",
                  {"這份 PDF 剛由別人續期", "this PDF was renewed by somebody else just now"});
    changes.put(path + std::string(kFacts), canonical(facts));
    changes.put(update_path(path), renewed.substr(former.size()));
  };
  return store.commit(act);
}

}  // namespace vermilion::workflow
