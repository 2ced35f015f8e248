// A person's own signature within the PDF of a record: how it looks, and what it says.
//
// Shape    In the field of his turn: name, meaning, unit and title, date in both calendars, how the key is kept, certificate; for whom
//          he signs, 代. /Reason names meaning, principal and record; /M is the time of the statement that is signed with it.
// Source   docs-src/adr/0021-persons-sign-within-the-pdf.md, docs-src/formats/records.md.
#pragma once
#include "records/filing.h"
#include "service/context.h"

namespace vermilion::service {

// Whether the caller can be asked for two signatures in one act: not where what he signs travels as a file, there and back.
[[nodiscard]] bool signs_within(const Context& context);

// For records::Paper::update. Errors as render/pades.h.
[[nodiscard]] records::PdfUpdate sign_within(Context& context, const Bytes& pdf,
                                             const std::string& field,
                                             const model::Statement& statement);

// The id of the record that a /Reason names, if it is one of ours; "" or anything else if it is not.
[[nodiscard]] std::string record_in_reason(const std::string& reason);

}  // namespace vermilion::service
