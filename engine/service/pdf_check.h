// What a PDF that somebody brings is worth: its signatures, what came after them, and whether it is still in force.
//
// Answers  schemas/pdf-check.schema.json. A fault of the file is an answer, not an error; each has a code of its own:
//          bytes-appended, changed-after-signing, range-not-whole, signature-twice, filling-not-zeros, unsigned-attributes, content-changed,
//          signature-bad, chain-untrusted, not-the-seal, name-differs, certificate-expired, certificate-revoked, timestamp-bad, renewed-late,
//          validation-data-bad, not-signed, not-the-record.
// Errors   as render/confined_reading.h.
// Rule     Of a document or a record that the caller may not read it tells nothing.
// Source   docs-src/formats/seal.md.
#pragma once
#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

[[nodiscard]] Json check_pdf(Context& context, const Bytes& pdf);

// Of a signature in the answer `check`: whether it holds, is trusted and nothing is said against it; and whether it holds as a CMS
// signature alone, not as PAdES has it.
[[nodiscard]] bool is_good_signature(const Json& check, const Json& signature);
[[nodiscard]] bool is_bare_cms(const Json& signature);

}  // namespace vermilion::service
