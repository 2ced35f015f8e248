#include "workflow/publishing.h"

#include <fmt/format.h>

#include "base/error.h"
#include "identity/rules.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"
#include "workflow/rounds.h"

namespace vermilion::workflow {
namespace {

using model::Publication;
using model::Version;

void put_published(store::Changes& changes, const Publication& publication, const Bytes& markdown,
                   const Bytes& metadata, const PublicationFiles& files) {
  const auto document = model::document_folder(publication.id);
  const auto revision = model::revision_folder(publication.id, publication.version);
  changes.put(document + "/document.md", markdown);
  changes.put(document + "/metadata.json", metadata);
  for (const auto& [name, content] : files.files)
    changes.put(published_file_path(publication.id, name), content);
  changes.put(revision + "/publication.json", canonical(model::to_json(publication)));
  changes.put(revision + "/published.pdf", files.sealed_pdf.empty() ? files.pdf : files.sealed_pdf);
  changes.tag(publication.id + "/" + publication.version.text(),
              fmt::format("{} {} effective {}\n", publication.id, publication.version.text(),
                          iso_date(publication.effective)));
}

// What the version before showed and this one does not. What an import brought stays: its statement names it.
void remove_former(store::Changes& changes, const store::Snapshot& evidence, const std::string& id,
                   const PublicationFiles& files) {
  for (const auto& [name, digest] : published_files(evidence, id)) {
    if (!files.files.contains(name)) changes.remove(published_file_path(id, name));
  }
}

Publication describe(const std::string& id, const Draft& draft, Date effective,
                     const PublicationFiles& files) {
  Publication publication;
  publication.id = id;
  publication.version = draft.info.version;
  publication.effective = effective;
  publication.content = evidence::content_digest(draft.markdown);
  publication.metadata = evidence::content_digest(draft.metadata_bytes);
  publication.pdf = evidence::content_digest(files.pdf);
  if (!files.sealed_pdf.empty())
    publication.sealed_pdf = evidence::content_digest(files.sealed_pdf);
  publication.base = draft.info.base;
  publication.base_content = draft.info.base_content;
  publication.summary = draft.info.summary;
  return publication;
}

// Otherwise the older text would come back into force on its own, later day.
void require_later_start(const store::Snapshot& evidence, const Publication& publication) {
  const auto base = latest_publication(evidence, publication.id);
  if (!base || base->effective <= publication.effective) return;
  throw Error(
      Failure::invalid, "effective-before-predecessor",
      {fmt::format("生效日 {} 早於前一版 {} 的生效日 {}；請改用當天或之後的日期",
                   roc_date(publication.effective), base->version.text(),
                   roc_date(base->effective)),
       fmt::format("effective date {} is before that of version {}, {}; choose that day or later",
                   iso_date(publication.effective), base->version.text(),
                   iso_date(base->effective))});
}

Json subject_of(const Publication& publication, const std::string& draft) {
  return {{"type", "revision"},
          {"id", publication.id},
          {"version", publication.version.text()},
          {"draft", draft},
          {"content", publication.content},
          {"metadata", publication.metadata},
          {"pdf", publication.pdf},
          {"sealed_pdf", publication.sealed_pdf ? Json(*publication.sealed_pdf) : Json(nullptr)},
          {"base", publication.base ? Json(publication.base->text()) : Json(nullptr)},
          {"effective", iso_date(publication.effective)}};
}

// The statements this publication rests on, by name and digest, so that none can be exchanged later.
Json named_statements(const store::Snapshot& evidence, const std::string& folder) {
  Json list = Json::array();
  for (const auto& filed : identity::filed_statements(evidence, folder)) {
    const auto bytes = evidence.require(folder + "/" + filed.name + ".statement.json");
    list.push_back({{"name", filed.name}, {"sha256", evidence::content_digest(bytes)}});
  }
  return list;
}

void require_publishable(const store::Snapshot& evidence, const Publication& publication,
                         const Draft& draft, const evidence::RevisionDigests& digests,
                         const std::string& zone) {
  if (find_publication(evidence, publication.id, publication.version)) {
    throw Error(Failure::conflict, "version-published",
                {"這個版次已發布", "this version is already published"});
  }
  require_fresh_base(evidence, publication.id, draft.info);
  const auto refusal =
      evidence::cannot_publish(round_of(evidence, publication.id, publication.version), digests,
                               publication.effective, zone);
  if (refusal) evidence::refuse(*refusal);
  require_later_start(evidence, publication);
}

}  // namespace

void require_publishable(store::Store& store, const std::string& id, const Version& version,
                         Date effective, const std::string& review_pdf) {
  const auto draft = require_draft(store, id, version);
  require_publishable(store.evidence(), describe(id, draft, effective, {}), draft,
                      draft.digests(review_pdf), store.settings().time_zone);
}

identity::Prepared prepare_publication(store::Store& store, const std::string& id,
                                       const Version& version, Date effective,
                                       const std::string& review_pdf, const PublicationFiles& given,
                                       const model::SignerFields& signer, const store::Act& act) {
  const auto draft = require_draft(store, id, version);
  const PublicationFiles files{given.pdf, draft_files(store, draft), given.sealed_pdf};
  const auto evidence = store.evidence();
  const auto folder = model::revision_folder(id, version);
  auto publication = describe(id, draft, effective, files);
  auto subject = subject_of(publication, draft.commit.hex());
  if (!draft.info.files.empty()) subject["files"] = draft.info.files;
  subject["rests_on"] = named_statements(evidence, folder);
  auto decide = [publication, draft, folder, review_pdf, files, &store,
                 rests_on = subject["rests_on"]](const store::Now& now, store::Changes& changes) {
    const auto tip = now.draft(model::draft_branch(publication.id, publication.version));
    auto digests = draft.digests(review_pdf);
    digests.draft = tip.commit()->hex();
    require_publishable(now.evidence, publication, draft, digests, store.settings().time_zone);
    if (named_statements(now.evidence, folder) != rests_on) {
      throw Error(
          Failure::conflict, "statements-changed",
          {"準備期間有新的簽署；請重新發布", "a statement was added meanwhile; publish again"});
    }
    auto filed = publication;
    filed.statement = identity::next_statement_name(now.evidence, folder, "publication");
    put_published(changes, filed, draft.markdown, draft.metadata_bytes, files);
    remove_former(changes, now.evidence, publication.id, files);
    return folder;
  };
  return identity::prepare(store,
                           model::Statement{"publication", "發布", std::move(subject), signer}, act,
                           std::move(decide));
}

identity::Prepared prepare_import(store::Store& store, const Import& import,
                                  const PublicationFiles& files, const model::SignerFields& signer,
                                  const store::Act& act) {
  model::require_document_id(import.metadata.id);
  const auto metadata = canonical(model::to_json(import.metadata));
  Draft whole{{},
              {import.version, std::nullopt, "", import.summary},
              import.metadata,
              import.markdown,
              metadata};
  auto publication = describe(import.metadata.id, whole, import.effective, files);
  publication.imported = true;
  auto subject = subject_of(publication, "");
  subject.erase("draft");
  for (const auto& [name, content] : files.files)
    subject["files"][name] = evidence::content_digest(content);
  auto decide = [publication, whole, files](const store::Now& now, store::Changes& changes) {
    const bool known = !now.evidence.list(model::document_folder(publication.id)).empty() ||
                       !now.draft_branches(publication.id + "/").empty();
    if (known) {
      throw Error(Failure::conflict, "document-exists",
                  {fmt::format("文件編號 {} 已存在，不能再匯入", publication.id),
                   fmt::format("document {} exists; it cannot be imported again", publication.id)});
    }
    auto filed = publication;
    filed.statement = "01-import";
    put_published(changes, filed, whole.markdown, whole.metadata_bytes, files);
    return model::revision_folder(publication.id, publication.version);
  };
  return identity::prepare(store, model::Statement{"import", "匯入", std::move(subject), signer},
                           act, std::move(decide));
}

identity::Prepared prepare_withdrawal(store::Store& store, const std::string& id, Date effective,
                                      const std::string& reason, const model::SignerFields& signer,
                                      const store::Act& act) {
  Json subject = {
      {"type", "document"}, {"id", id}, {"effective", iso_date(effective)}, {"reason", reason}};
  auto decide = [id, effective](const store::Now& now, store::Changes&) {
    const auto publications = publications_of(now.evidence, id);
    if (!evidence::in_force_on(effective, publications, withdrawal_of(now.evidence, id))) {
      throw Error(Failure::conflict, "not-in-force",
                  {fmt::format("{} 在 {} 沒有現行版次，無從廢止", id, roc_date(effective)),
                   fmt::format("no version of {} is in force on {}; there is nothing to withdraw",
                               id, iso_date(effective))});
    }
    return withdrawal_folder(id);
  };
  return identity::prepare(store,
                           model::Statement{"withdrawal", "廢止", std::move(subject), signer}, act,
                           std::move(decide));
}

}  // namespace vermilion::workflow
