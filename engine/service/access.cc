#include "service/access.h"

#include <fmt/format.h>

#include "base/error.h"
#include "workflow/documents.h"
#include "workflow/drafts.h"

namespace vermilion::service {
namespace {

using model::Metadata;
using model::Version;

bool may_read(Context& context, const Metadata& metadata) {
  if (const auto* limit = context.limit())
    return limit->covers_document(metadata.id, metadata.owner_unit);
  return context.rules().may_read(context.person(), metadata.classification, context.today());
}

}  // namespace

void no_document(const std::string& id) {
  throw Error(Failure::not_found, "no-document",
              {fmt::format("找不到文件 {}；document list 列出您可讀的文件", id),
               fmt::format("no document {}; 'document list' shows those you may read", id)});
}

bool may_see_drafts(Context& context) {
  return context.person() != nullptr && !context.looks_back() && !context.limit();
}

std::optional<Metadata> metadata_of_version(Context& context, const store::Snapshot& evidence,
                                            const std::string& id, const Version& version) {
  std::optional<Metadata> metadata;
  if (workflow::find_publication(evidence, id, version)) {
    metadata = workflow::published_metadata(context.store(), id, version);
  } else if (may_see_drafts(context)) {
    if (const auto draft = workflow::find_draft(context.store(), id, version))
      metadata = draft->metadata;
  }
  return metadata && may_read(context, *metadata) ? metadata : std::nullopt;
}

std::optional<Metadata> metadata_of(Context& context, const store::Snapshot& evidence,
                                    const std::string& id) {
  std::vector<Version> newest_last;
  if (may_see_drafts(context)) newest_last = workflow::draft_versions(context.store(), id);
  for (const auto& p : workflow::publications_of(evidence, id)) newest_last.push_back(p.version);
  for (auto version = newest_last.rbegin(); version != newest_last.rend(); ++version) {
    if (auto metadata = metadata_of_version(context, evidence, id, *version)) return metadata;
  }
  return std::nullopt;
}

Metadata require_document(Context& context, const store::Snapshot& evidence,
                          const std::string& id) {
  model::require_document_id(id);
  if (auto metadata = metadata_of(context, evidence, id)) return *metadata;
  no_document(id);
}

Metadata require_version(Context& context, const store::Snapshot& evidence, const std::string& id,
                         const Version& version) {
  if (auto metadata = metadata_of_version(context, evidence, id, version)) return *metadata;
  throw Error(
      Failure::not_found, "no-version",
      {fmt::format("找不到文件 {} 的 {} 版；document show 列出您可讀的版次", id, version.text()),
       fmt::format("no version {} of {}; 'document show' lists those you may read", version.text(),
                   id)});
}

std::string document_subject(const std::string& id, const std::string& version) {
  try {
    model::require_document_id(id);
    return "document " + id + (version.empty() ? "" : " " + model::Version::parse(version).text());
  } catch (const Error&) {
    return "document";
  }
}

}  // namespace vermilion::service
