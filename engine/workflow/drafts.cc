#include "workflow/drafts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"

namespace vermilion::workflow {
namespace {

using model::DraftInfo;
using model::Metadata;
using model::Version;

std::optional<Draft> read_draft(const store::Snapshot& snapshot) {
  const auto markdown = snapshot.read("document.md");
  if (!snapshot.commit() || !markdown) return std::nullopt;
  auto metadata = snapshot.require("metadata.json");
  return Draft{*snapshot.commit(),
               model::draft_info_from(parse_json(snapshot.require("draft.json"))),
               model::metadata_from(parse_json(metadata)), *markdown, metadata};
}

void refuse_published(const store::Snapshot& evidence, const std::string& id,
                      const Version& version) {
  if (!find_publication(evidence, id, version)) return;
  throw Error(Failure::conflict, "version-published",
              {fmt::format("{} 的 {} 版已發布，不能再修改；請起草更高的版次", id, version.text()),
               fmt::format("version {} of {} is published and cannot change; draft a higher one",
                           version.text(), id)});
}

std::vector<store::DraftEdit> edits_of(const Metadata& metadata, std::string_view markdown,
                                       const DraftInfo& info) {
  return {{"document.md", require_text(markdown, "文件內容")},
          {"metadata.json", canonical(model::to_json(metadata))},
          {"draft.json", canonical(model::to_json(info))}};
}

// The draft the first save begins with: the newest publication, as it stands on main.
Draft opened_on(const store::Snapshot& evidence, const std::string& id, const Version& version) {
  const auto base = latest_publication(evidence, id);
  if (!base) {
    throw Error(Failure::not_found, "no-document",
                {fmt::format("沒有文件 {}；新文件請用 document create", id),
                 fmt::format("no document {}; begin a new one with 'document create'", id)});
  }
  if (version < base->version) {
    throw Error(Failure::conflict, "version-not-newer",
                {fmt::format("{} 版低於最新的 {} 版；請起草更高的版次", version.text(),
                             base->version.text()),
                 fmt::format("version {} is below the newest, {}; draft a higher one",
                             version.text(), base->version.text())});
  }
  const auto folder = model::document_folder(id);
  const auto metadata = evidence.require(folder + "/metadata.json");
  return {{},
          {version, base->version, base->content, ""},
          model::metadata_from(parse_json(metadata)),
          evidence.require(folder + "/document.md"),
          metadata};
}

std::string draft_message(const std::string& id, const Version& version) {
  return "draft " + id + " " + version.text();
}

}  // namespace

evidence::RevisionDigests Draft::digests(const std::string& pdf) const {
  return {commit.hex(), evidence::content_digest(markdown),
          evidence::content_digest(metadata_bytes), pdf, info.files};
}

std::optional<Draft> find_draft(store::Store& store, const std::string& id,
                                const Version& version) {
  return read_draft(store.draft(model::draft_branch(id, version)));
}

Draft require_draft(store::Store& store, const std::string& id, const Version& version) {
  if (auto draft = find_draft(store, id, version)) return *draft;
  throw Error(Failure::not_found, "no-draft",
              {fmt::format("{} 沒有 {} 版的草案；請先用 document draft 起草", id, version.text()),
               fmt::format("{} has no draft of version {}; begin one with 'document draft'", id,
                           version.text())});
}

std::vector<Version> draft_versions(store::Store& store, const std::string& id) {
  std::vector<Version> versions;
  const auto prefix = id + "/";
  for (const auto& branch : store.draft_branches(prefix))
    versions.push_back(Version::parse(branch.substr(prefix.size())));
  std::sort(versions.begin(), versions.end());
  return versions;
}

Version open_draft_version(store::Store& store, const std::string& id) {
  const auto evidence = store.evidence();
  auto versions = draft_versions(store, id);
  std::erase_if(versions,
                [&](const Version& v) { return find_publication(evidence, id, v).has_value(); });
  if (!versions.empty()) return versions.back();
  throw Error(Failure::not_found, "no-draft",
              {fmt::format("{} 沒有進行中的草案；請先用 document draft 起草", id),
               fmt::format("{} has no open draft; begin one with 'document draft'", id)});
}

std::vector<std::string> draft_authors(store::Store& store, const std::string& id,
                                       const Version& version) {
  std::vector<std::string> authors;
  for (const auto& [commit, account] : store.draft_authors(model::draft_branch(id, version))) {
    if (std::find(authors.begin(), authors.end(), account) == authors.end())
      authors.push_back(account);
  }
  return authors;
}

store::Receipt create_document(store::Store& store, const Metadata& metadata,
                               std::string_view markdown, const DraftInfo& info,
                               const store::Act& wanted) {
  model::require_document_id(metadata.id);
  store::Act act = wanted;
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    const bool known = !now.evidence.list(model::document_folder(metadata.id)).empty() ||
                       !now.draft_branches(metadata.id + "/").empty();
    if (known) {
      throw Error(
          Failure::conflict, "document-exists",
          {fmt::format("文件編號 {} 已存在；修訂請用 document draft", metadata.id),
           fmt::format("document {} exists; revise it with 'document draft'", metadata.id)});
    }
    changes.draft(model::draft_branch(metadata.id, info.version),
                  edits_of(metadata, markdown, info), draft_message(metadata.id, info.version));
  };
  return store.commit(act);
}

store::Receipt save_draft(store::Store& store, const std::string& id, const Version& version,
                          const DraftChange& change, const store::Act& wanted) {
  model::require_document_id(id);
  store::Act act = wanted;
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    refuse_published(now.evidence, id, version);
    const auto branch = model::draft_branch(id, version);
    const auto tip = now.draft(branch);
    auto draft = read_draft(tip);
    FileChanges files;
    if (!draft) {
      draft = opened_on(now.evidence, id, version);
      files = files_to_begin_with(now.evidence, id, draft->info);
    }
    change_files(tip, draft->info, change.files, files);
    if (change.markdown) draft->markdown = *change.markdown;
    if (change.metadata) draft->metadata = *change.metadata;
    if (!change.summary.empty()) draft->info.summary = change.summary;
    auto edits = edits_of(draft->metadata, draft->markdown, draft->info);
    for (const auto& [name, bytes] : files) edits.push_back({"files/" + name, bytes});
    changes.draft(branch, edits, draft_message(id, version));
  };
  return store.commit(act);
}

}  // namespace vermilion::workflow
