// Controlled documents as the evidence holds them: publications, versions, states. Read only.
//
// Errors  not_found "no-document", "no-version".
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "evidence/revision.h"
#include "model/document.h"
#include "store/store.h"

namespace vermilion::workflow {

[[nodiscard]] std::vector<std::string> document_ids(const store::Snapshot& evidence);

// Every publication of a document, by version.
[[nodiscard]] std::vector<model::Publication> publications_of(const store::Snapshot& evidence,
                                                              const std::string& id);
[[nodiscard]] std::optional<model::Publication> find_publication(const store::Snapshot& evidence,
                                                                 const std::string& id,
                                                                 const model::Version& version);
[[nodiscard]] std::optional<evidence::Withdrawal> withdrawal_of(const store::Snapshot& evidence,
                                                                const std::string& id);
[[nodiscard]] std::string withdrawal_folder(const std::string& id);

// The newest publication: what a new draft is written from. Nothing for an unpublished document.
[[nodiscard]] std::optional<model::Publication> latest_publication(const store::Snapshot& evidence,
                                                                   const std::string& id);

// A published version's text, metadata and stored PDF, as they were published.
struct Published {
  model::Publication publication;
  model::Metadata metadata;
  Bytes markdown;
  Bytes pdf;
  git::ObjectId commit;  // the act that published it
  Instant at;
};
[[nodiscard]] Published published_version(store::Store& store, const std::string& id,
                                          const model::Version& version);
// The act that published it. Throws not_found "no-version".
[[nodiscard]] git::ObjectId published_at(store::Store& store, const std::string& id,
                                         const model::Version& version);
// Its metadata alone, without reading text and PDF.
[[nodiscard]] model::Metadata published_metadata(store::Store& store, const std::string& id,
                                                 const model::Version& version);

}  // namespace vermilion::workflow
