#include "workflow/documents.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/signing.h"

namespace vermilion::workflow {

using model::Publication;
using model::Version;

namespace {

store::ActRow publishing_act(store::Store& store, const std::string& id, const Version& version) {
  const auto history =
      store.catalogue().history(model::revision_folder(id, version) + "/publication.json");
  if (!history.empty()) return history.front().act;
  throw Error(Failure::not_found, "no-version",
              {fmt::format("文件 {} 沒有已發布的 {} 版", id, version.text()),
               fmt::format("document {} has no published version {}", id, version.text())});
}

}  // namespace

std::vector<std::string> document_ids(const store::Snapshot& evidence) {
  std::vector<std::string> ids;
  for (const auto& entry : evidence.list("documents")) {
    if (entry.directory) ids.push_back(entry.name);
  }
  return ids;
}

std::optional<Publication> find_publication(const store::Snapshot& evidence, const std::string& id,
                                            const Version& version) {
  const auto bytes = evidence.read(model::revision_folder(id, version) + "/publication.json");
  return bytes ? std::optional(model::publication_from(parse_json(*bytes))) : std::nullopt;
}

std::vector<Publication> publications_of(const store::Snapshot& evidence, const std::string& id) {
  std::vector<Publication> publications;
  for (const auto& entry : evidence.list(model::document_folder(id) + "/revisions")) {
    if (auto found = find_publication(evidence, id, Version::parse(entry.name))) {
      publications.push_back(std::move(*found));
    }
  }
  std::sort(publications.begin(), publications.end(),
            [](const auto& a, const auto& b) { return a.version < b.version; });
  return publications;
}

std::string withdrawal_folder(const std::string& id) {
  return model::document_folder(id) + "/withdrawal";
}

std::optional<evidence::Withdrawal> withdrawal_of(const store::Snapshot& evidence,
                                                  const std::string& id) {
  const auto filed = identity::filed_statements(evidence, withdrawal_folder(id));
  if (filed.empty()) return std::nullopt;
  return evidence::Withdrawal{
      parse_date(require_string(filed.back().statement.subject, "effective"))};
}

std::optional<Publication> latest_publication(const store::Snapshot& evidence,
                                              const std::string& id) {
  auto publications = publications_of(evidence, id);
  return publications.empty() ? std::nullopt : std::optional(std::move(publications.back()));
}

Published published_version(store::Store& store, const std::string& id, const Version& version) {
  const auto folder = model::revision_folder(id, version);
  const auto act = publishing_act(store, id, version);
  const auto then = store.evidence_of(act.commit);
  const auto document = model::document_folder(id);
  return {model::publication_from(parse_json(then.require(folder + "/publication.json"))),
          model::metadata_from(parse_json(then.require(document + "/metadata.json"))),
          then.require(document + "/document.md"),
          then.require(folder + "/published.pdf"),
          act.commit,
          act.at};
}

git::ObjectId published_at(store::Store& store, const std::string& id, const Version& version) {
  return publishing_act(store, id, version).commit;
}

model::Metadata published_metadata(store::Store& store, const std::string& id,
                                   const Version& version) {
  const auto then = store.evidence_of(publishing_act(store, id, version).commit);
  return model::metadata_from(
      parse_json(then.require(model::document_folder(id) + "/metadata.json")));
}

}  // namespace vermilion::workflow
