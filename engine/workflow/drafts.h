// Drafts: the text on its way to a version. They live in drafts.git, one branch per intended version, and are never
// evidence; statements name them by commit and digest.
//
// Shape    Branch <doc-id>/<version>: document.md, metadata.json, draft.json (model::DraftInfo), files/ (draft_files.h).
// Errors   conflict "document-exists", "version-published", "version-not-newer"; not_found "no-draft", "no-document", "no-draft-file"; as
//          draft_files.h for files.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/revision.h"
#include "model/document.h"
#include "store/store.h"

namespace vermilion::workflow {

struct Draft {
  git::ObjectId commit;
  model::DraftInfo info;
  model::Metadata metadata;
  Bytes markdown;
  Bytes metadata_bytes;
  // What everybody signs; `pdf` is the digest of the review rendition.
  [[nodiscard]] evidence::RevisionDigests digests(const std::string& pdf) const;
};

[[nodiscard]] std::optional<Draft> find_draft(store::Store& store, const std::string& id,
                                              const model::Version& version);
[[nodiscard]] Draft require_draft(store::Store& store, const std::string& id,
                                  const model::Version& version);
// The one a command means when it names no version: the highest not yet published. Throws not_found "no-draft".
[[nodiscard]] model::Version open_draft_version(store::Store& store, const std::string& id);
[[nodiscard]] std::vector<model::Version> draft_versions(store::Store& store,
                                                         const std::string& id);
// All accounts that committed to the draft.
[[nodiscard]] std::vector<std::string> draft_authors(store::Store& store, const std::string& id,
                                                     const model::Version& version);

// Begins a new document.
store::Receipt create_document(store::Store& store, const model::Metadata& metadata,
                               std::string_view markdown, const model::DraftInfo& info,
                               const store::Act& act);

struct DraftChange {
  std::optional<Bytes> markdown;  // nothing: as it was
  std::optional<model::Metadata> metadata;
  std::string summary;  // "": as it was
  std::map<std::string, std::optional<Bytes>> files = {};  // by name; without bytes: taken away
};
// Saves the draft of that version; the first save opens it on top of the newest publication.
store::Receipt save_draft(store::Store& store, const std::string& id, const model::Version& version,
                          const DraftChange& change, const store::Act& act);

}  // namespace vermilion::workflow
