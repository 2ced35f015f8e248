#include "service/access.h"

#include <fmt/format.h>

#include "base/error.h"
#include "workflow/drafts.h"

namespace vermilion::service {

void no_document(const std::string& id) {
  throw Error(Failure::not_found, "no-document",
              {fmt::format("找不到文件 {}；document list 列出您可讀的文件", id),
               fmt::format("no document {}; 'document list' shows those you may read", id)});
}

std::optional<model::Metadata> metadata_of(Context& context, const store::Snapshot& evidence, const std::string& id) {
  if (const auto bytes = evidence.read(model::document_folder(id) + "/metadata.json")) {
    return model::metadata_from(parse_json(*bytes));
  }
  const auto drafts = workflow::draft_versions(context.store(), id);
  if (drafts.empty()) return std::nullopt;
  return workflow::require_draft(context.store(), id, drafts.back()).metadata;
}

bool may_read(Context& context, const model::Metadata& metadata) {
  return context.rules().may_read(context.person(), metadata.classification, context.today());
}

model::Metadata require_document(Context& context, const store::Snapshot& evidence, const std::string& id) {
  model::require_document_id(id);
  const auto metadata = metadata_of(context, evidence, id);
  if (!metadata || !may_read(context, *metadata)) no_document(id);
  return *metadata;
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
