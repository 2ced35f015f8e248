// Looking: list, show, history, diff. What the caller may not see does not exist for him.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "identity/people.h"
#include "identity/signing.h"
#include "markup/diff.h"
#include "render/image.h"
#include "service/access.h"
#include "service/audit_access.h"
#include "service/certificates.h"
#include "service/documents.h"
#include "service/opening.h"
#include "service/record_rendition.h"
#include "service/renditions.h"
#include "service/signed_steps.h"
#include "service/timestamps.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"
#include "workflow/drafts.h"
#include "workflow/rounds.h"

namespace vermilion::service {
namespace {

using model::Metadata;
using model::Publication;
using model::Version;
using Files = std::map<std::string, std::string>;  // digest by name

evidence::State draft_state(const evidence::Round& round, const workflow::Draft& draft) {
  if (!round.submission) return evidence::State::draft;
  const auto signed_digests = evidence::digests_of(round.submission->statement.subject);
  if (signed_digests != draft.digests(signed_digests.pdf)) return evidence::State::draft;
  return round.approval ? evidence::State::approved : evidence::State::in_review;
}

Json signature_json(const store::Snapshot& evidence, const std::string& folder,
                    const evidence::FiledStatement& filed) {
  const auto& s = filed.statement;
  const auto certificate = certificate_behind(evidence, folder, filed);
  auto json = signed_step_json(filed);
  json.update(
      {{"unit", s.signer.unit},
       {"title", s.signer.title},
       {"on_behalf_of", s.signer.on_behalf_of ? Json(*s.signer.on_behalf_of) : Json(nullptr)},
       {"comment", string_or_empty(s.subject, "comment")},
       {"label", signature_label(evidence, identity::require_person(evidence, s.signer.account),
                                 certificate)},
       {"timestamp", timestamp_json(evidence, folder + "/" + filed.name)}});
  return json;
}

Json signatures_json(const store::Snapshot& evidence, const std::string& id,
                     const Version& version) {
  Json list = Json::array();
  const auto folder = model::revision_folder(id, version);
  for (const auto& filed : identity::filed_statements(evidence, folder))
    list.push_back(signature_json(evidence, folder, filed));
  return list;
}

struct Published {
  std::vector<Publication> all;      // what state follows from
  std::vector<Publication> visible;  // what the caller may read of it
  std::optional<evidence::Withdrawal> withdrawal;
  std::optional<Version> in_force;  // if he may read it
};

Published publications(Context& context, const store::Snapshot& evidence, const std::string& id) {
  Published found{workflow::publications_of(evidence, id),
                  {},
                  workflow::withdrawal_of(evidence, id),
                  std::nullopt};
  const auto in_force = evidence::in_force_on(context.day(), found.all, found.withdrawal);
  for (const auto& p : found.all) {
    if (!metadata_of_version(context, evidence, id, p.version)) continue;
    found.visible.push_back(p);
    if (p.version == in_force) found.in_force = in_force;
  }
  return found;
}

// Versions not yet published that the caller may read.
std::vector<Version> visible_drafts(Context& context, const store::Snapshot& evidence,
                                    const std::string& id) {
  if (!may_see_drafts(context)) return {};
  auto versions = workflow::draft_versions(context.store(), id);
  std::erase_if(versions, [&](const Version& v) {
    return workflow::find_publication(evidence, id, v) ||
           !metadata_of_version(context, evidence, id, v);
  });
  return versions;
}

evidence::State state_of(Context& context, const Published& published,
                         const Publication& publication) {
  return evidence::published_state(publication, context.day(), published.all, published.withdrawal);
}

// The one row a list shows: the version in force, else the newest that has been published, else the newest draft.
Json list_row(Context& context, const store::Snapshot& evidence, const std::string& id,
              const Metadata& metadata) {
  const auto published = publications(context, evidence, id);
  Json row = {{"id", id},
              {"title", metadata.title},
              {"classification", metadata.classification},
              {"level", metadata.level}};
  for (const auto& p : published.visible) {
    const bool shown = published.in_force ? p.version == *published.in_force : true;
    if (!shown) continue;
    row["version"] = p.version.text();
    row["state"] = evidence::state_name(state_of(context, published, p));
    row["effective"] = iso_date(p.effective);
    row["imported"] = p.imported;
  }
  if (!published.visible.empty()) return row;
  const auto version = visible_drafts(context, evidence, id).back();
  const auto draft = workflow::require_draft(context.store(), id, version);
  row["version"] = version.text();
  row["state"] =
      evidence::state_name(draft_state(workflow::round_of(evidence, id, version), draft));
  row["effective"] = nullptr;
  row["imported"] = false;
  return row;
}

std::vector<std::string> known_ids(Context& context, const store::Snapshot& evidence) {
  auto ids = workflow::document_ids(evidence);
  if (may_see_drafts(context)) {
    for (const auto& branch : context.store().draft_branches(""))
      ids.push_back(branch.substr(0, branch.find('/')));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// As the statement that published it names them; what an import brought is no picture of the text.
Files published_digests(const store::Snapshot& evidence, const Publication& p) {
  if (p.imported) return {};
  const auto path = model::revision_folder(p.id, p.version) + "/" + p.statement + ".statement.json";
  return evidence::digests_of(model::parse_statement(evidence.require(path)).subject).files;
}

Json version_json(Context& context, const store::Snapshot& evidence, const Published& published,
                  const Publication& p) {
  const auto state = state_of(context, published, p);
  return {{"version", p.version.text()},
          {"state", evidence::state_name(state)},
          {"state_label", evidence::state_label(state)},
          {"effective", iso_date(p.effective)},
          {"summary", p.summary},
          {"content", p.content},
          {"pdf", p.pdf},
          {"sealed_pdf", p.sealed_pdf ? Json(*p.sealed_pdf) : Json(nullptr)},
          {"imported", p.imported},
          {"files", published_digests(evidence, p)},
          {"signatures", signatures_json(evidence, p.id, p.version)}};
}

Json draft_json(Context& context, const store::Snapshot& evidence, const std::string& id,
                const Version& version) {
  const auto draft = workflow::require_draft(context.store(), id, version);
  const auto round = workflow::round_of(evidence, id, version);
  const auto state = draft_state(round, draft);
  return {{"version", version.text()},
          {"state", evidence::state_name(state)},
          {"state_label", evidence::state_label(state)},
          {"effective", nullptr},
          {"summary", draft.info.summary},
          {"content", draft.digests("").content},
          {"draft", draft.commit.hex()},
          {"files", draft.info.files},
          {"base", draft.info.base ? Json(draft.info.base->text()) : Json(nullptr)},
          {"authors", workflow::draft_authors(context.store(), id, version)},
          {"countersignatures_missing", evidence::missing_countersignatures(round)},
          {"signatures", signatures_json(evidence, id, version)}};
}

void log_read(Context& context, const Metadata& metadata, const std::string& version) {
  if (context.rules().require_classification(metadata.classification).rank == 0) return;
  context.log("read", "document " + metadata.id + (version.empty() ? "" : " " + version) +
                          purpose_named(context));
}

// An auditor whose scope names clauses is shown those clauses.
Bytes in_scope(Context& context, const Metadata& metadata, Bytes markdown) {
  const auto clauses = context.limit()
                           ? context.limit()->clauses_of(metadata.id, metadata.owner_unit)
                           : std::vector<std::string>();
  if (clauses.empty()) return markdown;
  Bytes shown = "# " + metadata.title + "\n";
  for (const auto& clause : markup::clauses(markup::parse_markdown(markdown))) {
    if (!clause.path.empty() && identity::lies_in(clause.path, clauses))
      shown += "\n**" + cell_text(clause.path) + "**\n\n" + cell_text(clause.prose) + "\n";
  }
  return shown;
}

Bytes text_of(Context& context, const store::Snapshot& evidence, const std::string& id,
              const Version& version) {
  const auto metadata = require_version(context, evidence, id, version);
  if (!workflow::find_publication(evidence, id, version)) {
    require_draft_opening(context, "read", metadata, version);
    return workflow::require_draft(context.store(), id, version).markdown;
  }
  require_opening(context, "read", metadata, version.text());
  return in_scope(context, metadata,
                  workflow::published_version(context.store(), id, version).markdown);
}

Files files_of(Context& context, const store::Snapshot& evidence, const std::string& id,
               const Version& version) {
  if (const auto p = workflow::find_publication(evidence, id, version))
    return published_digests(evidence, *p);
  return workflow::require_draft(context.store(), id, version).info.files;
}

Json file_changes(const Files& before, const Files& after) {
  Json changes = Json::array();
  const auto add = [&](const std::string& name, const char* kind) {
    changes.push_back({{"name", name}, {"kind", kind}});
  };
  for (const auto& [name, digest] : after) {
    const auto old = before.find(name);
    if (old == before.end()) add(name, "added");
    if (old != before.end() && old->second != digest) add(name, "changed");
  }
  for (const auto& [name, digest] : before) {
    if (!after.contains(name)) add(name, "removed");
  }
  return changes;
}

Json part_json(const markup::Part& part) {
  constexpr const char* names[] = {"kept", "removed", "added"};
  return {{"kind", names[static_cast<int>(part.kind)]}, {"text", part.text}, {"whole", part.whole}};
}

Json change_json(const markup::ClauseChange& change) {
  constexpr const char* names[] = {"added", "removed", "changed", "moved"};
  Json parts = Json::array();
  for (const auto& part : change.parts) parts.push_back(part_json(part));
  return {{"kind", names[static_cast<int>(change.kind)]},
          {"old_clause", change.old_path},
          {"clause", change.new_path.empty() ? change.old_path : change.new_path},
          {"title", change.title},
          {"parts", parts}};
}

}  // namespace

Json list_documents(Context& context) {
  const auto evidence = context.evidence();
  Json list = Json::array();
  for (const auto& id : known_ids(context, evidence)) {
    if (const auto metadata = metadata_of(context, evidence, id)) {
      list.push_back(list_row(context, evidence, id, *metadata));
    }
  }
  return list;
}

Json show_document(Context& context, const std::string& id, const std::string& version, bool text) {
  const auto evidence = context.evidence();
  const auto metadata = require_document(context, evidence, id);
  const auto published = publications(context, evidence, id);
  Json answer = model::to_json(metadata);
  answer["in_force"] = published.in_force ? Json(published.in_force->text()) : Json(nullptr);
  answer["as_of"] = iso_date(context.day());
  answer["versions"] = Json::array();
  for (const auto& p : published.visible)
    answer["versions"].push_back(version_json(context, evidence, published, p));
  for (const auto& v : visible_drafts(context, evidence, id)) {
    answer["versions"].push_back(draft_json(context, evidence, id, v));
  }
  if (text) {
    const auto wanted =
        !version.empty() ? Version::parse(version)
        : published.in_force
            ? *published.in_force
            : Version::parse(answer["versions"].back()["version"].get<std::string>());
    answer["text_version"] = wanted.text();
    answer["text"] = text_of(context, evidence, id, wanted);
    log_read(context, require_version(context, evidence, id, wanted), version);
    return answer;
  }
  log_read(context, metadata, version);
  return answer;
}

DocumentFile document_file(Context& context, const std::string& id, const std::string& version_text,
                           const std::string& name) {
  const auto evidence = context.evidence();
  (void)require_document(context, evidence, id);
  const auto version = Version::parse(version_text);
  const auto metadata = require_version(context, evidence, id, version);
  const bool published = workflow::find_publication(evidence, id, version).has_value();
  if (published)
    require_opening(context, "read", metadata, version_text);
  else
    require_draft_opening(context, "read", metadata, version);
  // Whose scope names clauses is shown those clauses without their pictures.
  if (context.limit() && !context.limit()->clauses_of(id, metadata.owner_unit).empty())
    outside_scope(context, "read", document_subject(id, version.text()));
  auto bytes = published ? workflow::published_file(context.store(), id, version, name)
                         : workflow::draft_file(context.store(), id, version, name);
  if (!bytes) {
    throw Error(Failure::not_found, "no-file",
                {"這個版次沒有這個檔案", "that version has no such file"});
  }
  log_read(context, metadata, version.text());
  return {std::move(*bytes), render::image_media_type(name)};
}

Json document_history(Context& context, const std::string& id) {
  const auto evidence = context.evidence();
  const auto metadata = require_document(context, evidence, id);
  Json events = Json::array();
  const auto folder = model::document_folder(id) + "/revisions";
  const auto add = [&](const std::string& place, const std::string& version) {
    for (const auto& filed : identity::filed_statements(evidence, place)) {
      auto event = signature_json(evidence, place, filed);
      event["version"] = version;
      const auto rows =
          context.store().catalogue().history(place + "/" + filed.name + ".statement.json");
      if (!rows.empty()) {
        event["act"] = rows.front().act.act;
        event["log_index"] = rows.front().act.log_index;
        event["commit"] = rows.front().act.commit.hex();
      }
      if (filed.statement.subject.contains("effective"))
        event["effective"] = filed.statement.subject["effective"];
      events.push_back(std::move(event));
    }
  };
  for (const auto& entry : evidence.list(folder)) {
    if (metadata_of_version(context, evidence, id, Version::parse(entry.name)))
      add(folder + "/" + entry.name, entry.name);
  }
  add(workflow::withdrawal_folder(id), "");
  std::stable_sort(events.begin(), events.end(), [](const Json& a, const Json& b) {
    return a.value("log_index", 0) < b.value("log_index", 0);
  });
  log_read(context, metadata, "");
  return {{"id", id}, {"title", metadata.title}, {"events", events}};
}

Json diff_document(Context& context, const std::string& id, const std::string& from,
                   const std::string& to) {
  const auto evidence = context.evidence();
  (void)require_document(context, evidence, id);
  const auto published = publications(context, evidence, id);
  const auto drafts = visible_drafts(context, evidence, id);
  const auto newer = !to.empty()          ? Version::parse(to)
                     : !drafts.empty()    ? drafts.back()
                     : published.in_force ? *published.in_force
                                          : Version{};
  std::optional<Version> older;
  if (!from.empty()) {
    older = Version::parse(from);
  } else if (const auto p = workflow::find_publication(evidence, id, newer)) {
    older = p->base;
  } else if (const auto draft = workflow::find_draft(context.store(), id, newer)) {
    older = draft->info.base;
  }
  const auto before =
      markup::parse_markdown(older ? text_of(context, evidence, id, *older) : Bytes());
  const auto after = markup::parse_markdown(text_of(context, evidence, id, newer));
  Json changes = Json::array();
  for (const auto& change : markup::diff_clauses(before, after))
    changes.push_back(change_json(change));
  for (const auto& read : {older, std::optional(newer)}) {
    if (read) log_read(context, require_version(context, evidence, id, *read), read->text());
  }
  return {{"id", id},
          {"from", older ? Json(older->text()) : Json(nullptr)},
          {"to", newer.text()},
          {"changes", changes},
          {"files", file_changes(older ? files_of(context, evidence, id, *older) : Files(),
                                 files_of(context, evidence, id, newer))}};
}

}  // namespace vermilion::service
