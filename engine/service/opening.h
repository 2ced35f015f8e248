// What has to be said, and by whom allowed, before something protected is opened or taken away.
//
// Rule     Of a label with "authorisation" (機密) a published document, or a record, opens only with a running authorisation by the head
//          of the unit (identity/authorisation.h) and the purpose it was given for. Records of forms with personal data open for a stated
//          purpose, except to the person himself, to who signed them and to whose turn it is. Several records at a time leave only
//          for a stated purpose. A draft under such a label opens to its authors as well.
// Log      The purpose stands behind the subject: "record 01J… nda-employee purpose audit". It is a code; there is no free text.
// Errors   forbidden "purpose-needed", "authorisation-needed", invalid "unknown-purpose"; all logged.
// Source   肆/五/(六)/2/(4); 肆/七/(四)/1; 肆/八/(四)/1.
#pragma once
#include "model/document.h"
#include "model/record.h"
#include "service/context.h"

namespace vermilion::service {

// `kind` is that of the entry in the log: "read" or "export".
void require_opening(Context& context, const std::string& kind, const model::Metadata& metadata,
                     const std::string& version);
void require_opening(Context& context, const std::string& kind, const model::Record& record);
void require_draft_opening(Context& context, const std::string& kind,
                           const model::Metadata& metadata, const model::Version& version);
// For what leaves in bulk: `subject` as the log names it.
[[nodiscard]] identity::Purpose require_purpose(Context& context, const std::string& kind,
                                                const std::string& subject);

// " purpose audit" to stand behind a subject, or "" when none was stated.
[[nodiscard]] std::string purpose_named(Context& context);
// 匯出：chen04　115年11月22日 08:00　目的：稽核 - for the copy that leaves; "" when no purpose was stated.
[[nodiscard]] std::string export_note(Context& context);

}  // namespace vermilion::service
