// A record as a PDF: the form's text, what was filled in by the schema's titles, who signed.
//
// Same record, same bytes: dates come from the record and its statements, never from the clock.
#pragma once
#include "base/bytes.h"
#include "records/filing.h"
#include "service/context.h"

namespace vermilion::service {

// For prepare_record and prepare_signature. Borrows the context.
[[nodiscard]] records::Paper record_paper(Context& context);

// SHA-256 of the certificate behind a signature of the record, "" if there is none of that name.
[[nodiscard]] std::string certificate_of(const model::Record& record, const std::string& signature);
// The values as Markdown tables, by the titles of the schema (the bytes of schema.json) in the order in which it lists them.
[[nodiscard]] std::string values_markdown(const std::string& schema, const Json& values);
// Text as it may stand in a cell of a Markdown table: nothing in it is markup.
[[nodiscard]] std::string cell_text(const std::string& text);

}  // namespace vermilion::service
