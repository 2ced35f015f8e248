// Who may know of a document, and how the log names one.
//
// Rule    What the caller may not read does not exist for him: every way in, reading or writing, begins with require_document.
//         A version is as secret as its own metadata say, whatever the newest one is; a text not yet published is for those who sign in. An auditor sees what has been published
//         and his scope covers, whatever its label.
#pragma once
#include <optional>
#include <string>

#include "model/document.h"
#include "service/context.h"

namespace vermilion::service {

// Drafts are shown to whoever signed in, as they are now: never to the console, nor to who asks about the past.
[[nodiscard]] bool may_see_drafts(Context& context);
// Metadata of the newest publication the caller may read, else of the newest such draft; nothing if there is neither.
[[nodiscard]] std::optional<model::Metadata> metadata_of(Context& context,
                                                         const store::Snapshot& evidence,
                                                         const std::string& id);
// Metadata of one version, published or draft; nothing if there is none that the caller may read.
[[nodiscard]] std::optional<model::Metadata> metadata_of_version(Context& context,
                                                                 const store::Snapshot& evidence,
                                                                 const std::string& id,
                                                                 const model::Version& version);
// Both throw not_found ("no-document", "no-version") for what is not there and for what the caller may not read, alike.
[[nodiscard]] model::Metadata require_document(Context& context, const store::Snapshot& evidence,
                                               const std::string& id);
[[nodiscard]] model::Metadata require_version(Context& context, const store::Snapshot& evidence,
                                              const std::string& id, const model::Version& version);
[[noreturn]] void no_document(const std::string& id);

// "document ISMS-01-002 3.6". What is no document number or version is left out: anything may have been typed there.
[[nodiscard]] std::string document_subject(const std::string& id, const std::string& version = "");

}  // namespace vermilion::service
