// Who may know of a document, and how the log names one.
//
// Rule    What the caller may not read does not exist for him: every way in, reading or writing, begins with require_document.
#pragma once
#include <optional>
#include <string>

#include "model/document.h"
#include "service/context.h"

namespace vermilion::service {

// Metadata of the newest publication, else of the newest draft; nothing if there is neither.
[[nodiscard]] std::optional<model::Metadata> metadata_of(Context& context, const store::Snapshot& evidence,
                                                         const std::string& id);
[[nodiscard]] bool may_read(Context& context, const model::Metadata& metadata);
// Throws not_found "no-document" for what is not there and for what the caller may not read, alike.
[[nodiscard]] model::Metadata require_document(Context& context, const store::Snapshot& evidence, const std::string& id);
[[noreturn]] void no_document(const std::string& id);

// "document ISMS-01-002 3.6". What is no document number or version is left out: anything may have been typed there.
[[nodiscard]] std::string document_subject(const std::string& id, const std::string& version = "");

}  // namespace vermilion::service
