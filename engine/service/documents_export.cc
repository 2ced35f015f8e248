// Taking away: the stored PDF, the review rendition, and the approvals with their recipe.
#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "crypto/digest.h"
#include "markup/comparison.h"
#include "render/copies.h"
#include "render/pdf.h"
#include "service/access.h"
#include "service/audit_access.h"
#include "service/documents.h"
#include "service/opening.h"
#include "service/rendition_files.h"
#include "service/renditions.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"
#include "workflow/renewals.h"

namespace vermilion::service {
namespace {

using model::Version;

// Reading right first, then the version: the one named, else the one in force on the day asked about.
Version readable_version(Context& context, const std::string& id, const std::string& version) {
  const auto shown = show_document(context, id, "", false);
  if (!version.empty()) {
    const auto wanted = Version::parse(version);
    (void)require_version(context, context.evidence(), id, wanted);
    if (workflow::find_publication(context.evidence(), id, wanted)) return wanted;
    throw Error(Failure::not_found, "no-version",
                {fmt::format("文件 {} 沒有已發布的 {} 版", id, version),
                 fmt::format("document {} has no published version {}", id, version)});
  }
  if (shown["in_force"].is_string()) return Version::parse(shown["in_force"].get<std::string>());
  throw Error(Failure::not_found, "not-in-force",
              {fmt::format("{} 在 {} 沒有現行版次；請以 --version 指定", id,
                           shown["as_of"].get<std::string>()),
               fmt::format("no version of {} is in force on {}; name one with --version", id,
                           shown["as_of"].get<std::string>())});
}

// The right to open it, and to take away the whole of it: a PDF cannot be cut down to the clauses of a scope.
model::Metadata require_whole(Context& context, const std::string& id, const Version& version) {
  auto metadata = require_version(context, context.evidence(), id, version);
  require_opening(context, "export", metadata, version.text());
  if (context.limit() && !context.limit()->clauses_of(id, metadata.owner_unit).empty())
    outside_scope(context, "export", document_subject(id, version.text()));
  return metadata;
}

bool is_void(evidence::State state) {
  return state == evidence::State::superseded || state == evidence::State::withdrawn;
}

// A version is void for good; in force, or not yet, it is on that day.
render::CopyLabel state_label_of(evidence::State state, Date day) {
  const std::string own_words = "　加註副本，非正本";
  if (is_void(state)) return {"作廢", "作廢" + own_words, ""};
  const std::string mark = state == evidence::State::in_force ? "現行" : "未生效";
  return {mark, fmt::format("{}，{}查詢{}", mark, in_both_calendars(day), own_words), "",
          render::Tone::calm};
}

render::CopyLabel label_of(Context& context, const PdfExport& request, evidence::State state) {
  render::CopyLabel label;
  if (request.mark == StateMark::always || is_void(state))
    label = state_label_of(state, context.day());
  if (request.password)
    label.words +=
        (label.words.empty() ? "" : "　") + std::string("加密副本，無機關印章，非典藏格式");
  label.note = export_note(context);
  return label;
}

void require_sound(const PdfExport& request) {
  if (!request.password) return;
  render::require_copy_password(*request.password);
  if (request.mark == StateMark::none) {
    throw Error(Failure::invalid, "copy-not-original",
                {"正本不加密：加密須重寫檔案，機關印章便不成立；請去掉 --original",
                 "the original is not encrypted: that writes the file anew, and its seal would not "
                 "hold; leave --original out"});
  }
}

// The stored bytes, or a copy that says what it is, and for whom it left.
Bytes labelled(Bytes pdf, const render::CopyLabel& label) {
  const bool says_nothing = label.mark.empty() && label.words.empty() && label.note.empty();
  return says_nothing ? pdf : render::labelled_copy(pdf, label);
}

std::string recipe_line(const std::string& name, const std::string& at, std::int64_t seconds) {
  return fmt::format(
      "# {0}  signed {1}\n"
      "openssl cms -verify -binary -inform DER -in {0}.statement.json.p7s -content "
      "{0}.statement.json "
      "-CAfile root.pem -attime {2} -out /dev/null\n",
      name, at, seconds);
}

constexpr const char* kRecipeHead =
    "#!/bin/sh\n"
    "# 以標準 openssl 驗證本文件的每一份簽署，不需要本系統。\n"
    "# Checks every signature of this document with stock openssl; nothing of ours is needed.\n"
    "# 每一行印出「CMS Verification successful」即為有效；-attime "
    "是簽署時間，省略時憑證到期後會失敗。\n"
    "# Each line must print \"CMS Verification successful\"; -attime is the signing time, without "
    "it the\n"
    "# check fails once the certificate has expired.\n"
    "# 在本資料夾執行 sh recipe.txt；第一個不符處即停止 / run sh recipe.txt here; it stops at the "
    "first that fails\n";

[[noreturn]] void no_open_draft(const std::string& id) {
  throw Error(Failure::not_found, "no-draft",
              {fmt::format("{} 的這一版已經發行，沒有進行中的草案；請用 document export", id),
               fmt::format("this version of {} is published and no draft any more; use "
                           "'document export'",
                           id)});
}

// A version may be taken away as far as this says: whole if published, by its authors and reviewers if not.
model::Metadata require_takeable(Context& context, const std::string& id, const Version& version) {
  if (workflow::find_publication(context.evidence(), id, version))
    return require_whole(context, id, version);
  auto metadata = require_version(context, context.store().evidence(), id, version);
  require_draft_opening(context, "export", metadata, version);
  return metadata;
}

std::vector<markup::ClauseChange> changes_of(const Json& diff) {
  using markup::ChangeKind;
  using markup::PartKind;
  static const std::map<std::string, ChangeKind> kinds = {{"added", ChangeKind::added},
                                                          {"removed", ChangeKind::removed},
                                                          {"changed", ChangeKind::changed},
                                                          {"moved", ChangeKind::moved}};
  static const std::map<std::string, PartKind> part_kinds = {
      {"kept", PartKind::kept}, {"removed", PartKind::removed}, {"added", PartKind::added}};
  std::vector<markup::ClauseChange> changes;
  for (const auto& row : diff.at("changes")) {
    const auto kind = kinds.at(require_string(row, "kind"));
    const auto clause = string_or_empty(row, "clause");
    changes.push_back({kind,
                       string_or_empty(row, "old_clause"),
                       kind == ChangeKind::removed ? "" : clause,
                       string_or_empty(row, "title"),
                       {}});
    for (const auto& part : row.at("parts"))
      changes.back().parts.push_back({part_kinds.at(require_string(part, "kind")),
                                      require_string(part, "text"), part.at("whole").get<bool>()});
  }
  return changes;
}

}  // namespace

Exported export_pdf(Context& context, const PdfExport& request) {
  const auto& id = request.id;
  const auto version = readable_version(context, id, request.version);
  (void)require_whole(context, id, version);
  const auto published = workflow::published_version(context.store(), id, version);
  const auto evidence = context.evidence();
  const auto state = evidence::published_state(published.publication, context.day(),
                                               workflow::publications_of(evidence, id),
                                               workflow::withdrawal_of(evidence, id));
  require_sound(request);
  context.log("export", document_subject(id, version.text()) + purpose_named(context));
  auto pdf = workflow::renewed_pdf(context.store().evidence(), published);
  if (request.mark != StateMark::none)
    pdf = labelled(std::move(pdf), label_of(context, request, state));
  if (request.password) pdf = render::encrypted_copy(pdf, *request.password);
  return {std::move(pdf), version.text(), evidence::state_name(state)};
}

Exported export_review_pdf(Context& context, const std::string& id,
                           const std::string& version_text) {
  (void)context.session();
  (void)require_document(context, context.store().evidence(), id);
  const auto version = version_text.empty() ? workflow::open_draft_version(context.store(), id)
                                            : Version::parse(version_text);
  const auto evidence = context.store().evidence();
  const auto metadata = require_version(context, evidence, id, version);
  // Its branch outlives a draft: what is published leaves as such, under the rules for it.
  if (workflow::find_publication(evidence, id, version)) no_open_draft(id);
  require_draft_opening(context, "export", metadata, version);
  const auto draft = workflow::require_draft(context.store(), id, version);
  context.log("export", document_subject(id, version.text()) + purpose_named(context));
  return {review_rendition(context, id, draft), version.text(), "draft"};
}

Exported export_diff_pdf(Context& context, const std::string& id, const std::string& from,
                         const std::string& to) {
  const auto diff = diff_document(context, id, from, to);  // with the right to read both
  const auto newer = require_string(diff, "to");
  const auto older = diff["from"].is_string() ? require_string(diff, "from") : "";
  auto metadata = require_takeable(context, id, Version::parse(newer));
  if (!older.empty()) (void)require_takeable(context, id, Version::parse(older));
  const auto document = markup::comparison_table(changes_of(diff), {metadata.title, older, newer});
  render::PdfRequest request;
  request.document = &document;
  request.id = id;
  request.title = metadata.title + "修訂對照表";
  request.organisation = context.store().settings().name;
  request.version = older.empty() ? newer : older + " → " + newer;
  request.classification = metadata.classification;
  request.sheet = true;
  request.date = context.day();
  context.log("export", document_subject(id, newer) + purpose_named(context));
  return {labelled(render::render_pdf(request), {"", "", export_note(context)}), newer, ""};
}

std::vector<std::pair<std::string, Bytes>> export_approvals(Context& context, const std::string& id,
                                                            const std::string& version_text) {
  const auto version = readable_version(context, id, version_text);
  (void)require_whole(context, id, version);
  const auto evidence = context.evidence();
  const auto folder = model::revision_folder(id, version);
  std::vector<std::pair<std::string, Bytes>> files;
  std::string recipe = kRecipeHead;
  recipe += "set -e\ncd \"$(dirname \"$0\")\"\n";
  for (const auto& filed : identity::filed_statements(evidence, folder)) {
    for (auto& file : statement_files(evidence, folder, filed.name))
      files.push_back(std::move(file));
    recipe += "\n" + recipe_line(filed.name, rfc3339(filed.statement.at),
                                 filed.statement.at.time_since_epoch().count());
  }
  const auto published = workflow::published_version(context.store(), id, version);
  files.emplace_back("document.md", published.markdown);
  files.emplace_back("published.pdf", published.pdf);
  recipe += fmt::format(
      "\n# 聲明所指的內容 / what the statements name\n"
      "echo '{}  document.md' | sha256sum -c -\necho '{}  published.pdf' | sha256sum -c -\n",
      crypto::digest_text(published.markdown).substr(7),
      crypto::digest_text(published.pdf).substr(7));
  for (const auto& [file, digest] :
       workflow::published_files(context.store().evidence_of(published.commit), id)) {
    recipe += fmt::format("echo '{}  {}' | sha256sum -c -\n", digest.substr(7), file);
    files.emplace_back(file, *workflow::published_file(context.store(), id, version, file));
  }
  files.emplace_back("root.pem", context.store().authority().root.pem());
  files.emplace_back("recipe.txt", recipe);
  context.log("export", document_subject(id, version.text()) + purpose_named(context));
  return files;
}

}  // namespace vermilion::service
