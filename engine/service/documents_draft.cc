// Beginning and writing: create, draft, import.
#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "markup/document.h"
#include "markup/import.h"
#include "markup/layout.h"
#include "render/image.h"
#include "service/access.h"
#include "service/documents.h"
#include "service/opening.h"
#include "service/renditions.h"
#include "service/seal.h"
#include "workflow/documents.h"
#include "workflow/draft_files.h"
#include "workflow/drafts.h"
#include "workflow/publishing.h"

namespace vermilion::service {
namespace {

using model::Metadata;
using model::Version;

Json receipt_json(const std::string& id, const Version& version, const store::Receipt& receipt) {
  return {{"id", id},
          {"version", version.text()},
          {"act", receipt.act},
          {"log_index", receipt.log_index},
          {"draft", receipt.draft ? Json(receipt.draft->hex()) : Json(nullptr)},
          {"commit", receipt.commit ? Json(receipt.commit->hex()) : Json(nullptr)}};
}

std::string member(const markup::FrontMatter& front, const std::string& key) {
  const auto found = front.members.find(key);
  return found == front.members.end() ? "" : require_text(found->second, key);
}

// What the front matter says, on top of `metadata`.
void apply_front_matter(const markup::FrontMatter& front, Metadata& metadata) {
  const auto take = [&](const char* key, std::string& field) {
    if (auto value = member(front, key); !value.empty()) field = std::move(value);
  };
  take("id", metadata.id);
  take("title", metadata.title);
  take("title_en", metadata.title_en);
  take("classification", metadata.classification);
  take("owner_unit", metadata.owner_unit);
  take("language", metadata.language);
  take("approval_number", metadata.approval_number);
  if (const auto level = member(front, "level");
      level.size() == 1 && level[0] >= '1' && level[0] <= '4') {
    metadata.level = level[0] - '0';
  }
  if (const auto units = front.lists.find("countersign"); units != front.lists.end()) {
    metadata.countersign = units->second;
  }
}

void require_complete(Context& context, const Metadata& metadata) {
  model::require_document_id(metadata.id);
  (void)context.rules().require_classification(metadata.classification);
  if (metadata.title.empty()) {
    throw Error(Failure::invalid, "title-missing",
                {"缺少標題：請在文件開頭的 front matter 寫 title",
                 "the title is missing: write 'title' in the front matter"});
  }
}

Version version_or(const std::string& text, const Version& otherwise) {
  return text.empty() ? otherwise : Version::parse(text);
}

// Parsed now, so that bad Markdown is refused when it is saved and not when it is signed. What leads nowhere is told by
// the lines of `source`.
Json require_readable(const Bytes& source) {
  return unresolved_json(markup::parse_markdown(source));
}

// The text that is kept: how it is to be set is part of it, what else the front matter says is metadata.
Bytes kept_text(const markup::FrontMatter& front) {
  return markup::layout_lines(front.members) + front.body;
}

// Who saves a draft becomes an author of it and may read it: what he builds on must open to him before.
void require_base_opening(Context& context, const std::string& id, const Version& version,
                          const std::optional<model::Publication>& latest) {
  if (const auto draft = workflow::find_draft(context.store(), id, version)) {
    require_draft_opening(context, "read", draft->metadata, version);
  } else if (latest) {
    require_opening(context, "read",
                    workflow::published_metadata(context.store(), id, latest->version),
                    latest->version.text());
  }
}

// A picture that nobody could print is refused when it comes, not when it is signed.
void require_pictures_decode(const std::map<std::string, std::optional<Bytes>>& files) {
  for (const auto& [name, bytes] : files) {
    if (!bytes) continue;
    workflow::require_file(name, *bytes);
    (void)render::decode_image(name, *bytes);
  }
}

// Told while there is time: submitting would be refused for them.
void add_notes(Context& context, Json& answer, const std::string& id, const Version& version) {
  const auto draft = workflow::require_draft(context.store(), id, version);
  for (const auto& fault : workflow::picture_faults(draft.markdown, draft.info))
    answer["notes"].push_back({{"line", fault.line}, {"zh", fault.said.zh}, {"en", fault.said.en}});
}

Metadata imported_metadata(const ImportRequest& request, const markup::Imported& read) {
  Metadata metadata;
  metadata.id = request.id;
  metadata.title = request.title.empty() ? read.title : request.title;
  metadata.level = 1;
  metadata.classification = request.classification.empty() ? "公開" : request.classification;
  metadata.owner_unit = request.owner_unit;
  metadata.countersign = request.countersign;
  metadata.approval_number = read.approval_number;
  metadata.promulgated = read.promulgated;
  metadata.revised = read.revised;
  return metadata;
}

// 104 年 8 月 28 日 as printed on the cover; parse_date wants the calendar named.
Date effective_of(const ImportRequest& request, const markup::Imported& read) {
  if (!request.effective.empty()) return parse_date(request.effective);
  if (read.revised.empty()) {
    throw Error(Failure::invalid, "effective-missing",
                {"原文封面沒有修訂日期；請以 --effective 指定生效日",
                 "the cover shows no revision date; give --effective"});
  }
  return parse_date("民國" + read.revised);
}

markup::Imported read_source(const ImportRequest& request, const std::string& text,
                             const markup::FrontMatter& front) {
  if (!request.markdown) return markup::import_text(text);
  markup::Imported read;
  read.markdown = kept_text(front);
  return read;
}

Json notes_json(const markup::Imported& read) {
  Json notes = Json::array();
  for (const auto& note : read.notes)
    notes.push_back({{"line", note.line}, {"zh", note.zh}, {"en", note.en}});
  return notes;
}

}  // namespace

Json create_document(Context& context, const NewDocument& request) {
  Json answer;
  recorded(context, "draft", document_subject(request.id), [&] {
    context.require_right("document.create");
    const auto front = markup::split_front_matter(request.source);
    Metadata metadata;
    apply_front_matter(front, metadata);
    if (!request.id.empty()) metadata.id = request.id;
    require_complete(context, metadata);
    const auto unresolved = require_readable(request.source);
    const auto version =
        version_or(request.version.empty() ? member(front, "version") : request.version, {1, 0});
    const auto receipt = workflow::create_document(
        context.store(), metadata, kept_text(front), {version, std::nullopt, "", request.summary},
        context.act("draft", document_subject(metadata.id, version.text())));
    answer = receipt_json(metadata.id, version, receipt);
    answer["unresolved"] = unresolved;
    add_notes(context, answer, metadata.id, version);
  });
  return answer;
}

Json draft_document(Context& context, const DraftRequest& request) {
  Json answer;
  recorded(context, "draft", document_subject(request.id), [&] {
    context.require_right("document.draft");
    (void)require_document(context, context.store().evidence(), request.id);
    model::require_document_id(request.id);
    const auto latest = workflow::latest_publication(context.store().evidence(), request.id);
    const auto drafts = workflow::draft_versions(context.store(), request.id);
    const bool open = !drafts.empty() && (!latest || drafts.back() > latest->version);
    const auto version = version_or(request.version, open     ? drafts.back()
                                                     : latest ? latest->version.next()
                                                              : Version{1, 0});
    require_base_opening(context, request.id, version, latest);
    Json unresolved = Json::array();
    workflow::DraftChange change;
    change.summary = request.summary;
    require_pictures_decode(request.files);
    change.files = request.files;
    if (request.source) {
      const auto front = markup::split_front_matter(*request.source);
      unresolved = require_readable(*request.source);
      change.markdown = kept_text(front);
      const auto present = workflow::find_draft(context.store(), request.id, version);
      if (!front.members.empty() && (present || latest)) {
        auto metadata =
            present ? present->metadata
                    : workflow::published_version(context.store(), request.id, latest->version)
                          .metadata;
        apply_front_matter(front, metadata);
        metadata.id = request.id;
        require_complete(context, metadata);
        change.metadata = metadata;
      }
    }
    const auto receipt =
        workflow::save_draft(context.store(), request.id, version, change,
                             context.act("draft", document_subject(request.id, version.text())));
    answer = receipt_json(request.id, version, receipt);
    answer["unresolved"] = unresolved;
    add_notes(context, answer, request.id, version);
  });
  return answer;
}

Json import_document(Context& context, const ImportRequest& request) {
  Json answer;
  recorded(context, "import", document_subject(request.id), [&] {
    const auto signer = context.acting("document.import");
    const auto text = require_text(request.source, "匯入的文字");
    const auto front = markup::split_front_matter(request.markdown ? text : "");
    const auto read = read_source(request, text, front);
    auto metadata = imported_metadata(request, read);
    apply_front_matter(front, metadata);
    if (!request.id.empty()) metadata.id = request.id;
    require_complete(context, metadata);
    (void)require_readable(read.markdown);
    const auto version =
        version_or(request.version.empty() ? read.version : request.version, {1, 0});
    const workflow::Import import{metadata, version, effective_of(request, read), read.markdown,
                                  "匯入既有核定本"};
    workflow::PublicationFiles files{
        imported_rendition(context, metadata, version, import.markdown, import.effective),
        {{request.markdown ? "raw.md" : "raw.txt", request.source}}};
    const auto subject = document_subject(metadata.id, version.text());
    files.sealed_pdf = sealed_pdf(context, files.pdf, subject);
    const auto prepared = workflow::prepare_import(
        context.store(), import, files, signer, context.act("import", subject));
    answer = receipt_json(metadata.id, version, sign_and_commit(context, prepared));
    forget_seal(context, files.pdf);
    answer["title"] = metadata.title;
    answer["approval_number"] = metadata.approval_number;
    answer["effective"] = iso_date(import.effective);
    answer["notes"] = notes_json(read);
  });
  return answer;
}

}  // namespace vermilion::service
