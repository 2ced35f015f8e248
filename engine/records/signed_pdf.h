// The PDF in which those who sign a record sign as well: who does, and how it is kept. Within this layer only.
//
// Shape   What is signed first is "shown", with an empty field for each signature of the form, by the name of the signature; what a
//         signer appends to it is the part NAME.update.
// Source  docs-src/adr/0021-persons-sign-within-the-pdf.md.
#pragma once
#include <string>
#include <vector>

#include "records/filing.h"

namespace vermilion::records {

// Agreements and minutes, signed electronically. Of a paper or an import there is nothing to sign within.
[[nodiscard]] bool is_signed_within(const model::Form& form, const model::Record& record);

// "01-agreement": `before` signatures have been given.
[[nodiscard]] std::string signature_name(std::size_t before, const std::string& kind);
// The fields that the PDF is drawn with; the first signature may have a kind of its own, as of a correction.
[[nodiscard]] std::vector<std::string> signature_fields(const model::Form& form,
                                                        const std::string& first_kind);

[[nodiscard]] std::string update_part(const std::string& signature);
// Whether each signature given so far stands within the PDF.
[[nodiscard]] bool is_signed_throughout(const model::Record& record);

// Adds to what will be signed that the PDF is signed with it, and says so in the statement. Before identity::prepare.
[[nodiscard]] PdfUpdate prepare_update(const Paper& paper, const Bytes& pdf,
                                       const std::string& field, const Bytes& salt,
                                       model::Statement& statement);

}  // namespace vermilion::records
