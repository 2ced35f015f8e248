#include "records/signed_pdf.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/commitment.h"
#include "records/records.h"
#include "records/turns.h"

namespace vermilion::records {

bool is_signed_within(const model::Form& form, const model::Record& record) {
  const bool asked = form.kind == "agreement" ||
                     std::any_of(form.signers.begin(), form.signers.end(),
                                 [](const auto& slot) { return slot.kind == "minutes"; });
  return asked && !is_taken_over(record);
}

std::string signature_name(std::size_t before, const std::string& kind) {
  return fmt::format("{:02}-{}", before + 1, kind);
}

std::vector<std::string> signature_fields(const model::Form& form, const std::string& first_kind) {
  std::vector<std::string> names;
  for (const auto& slot : form.signers)
    names.push_back(signature_name(names.size(), names.empty() ? first_kind : slot.kind));
  return names;
}

std::string update_part(const std::string& signature) { return signature + ".update"; }

bool is_signed_throughout(const model::Record& record) {
  return std::all_of(record.signatures.begin(), record.signatures.end(),
                     [&](const auto& one) { return has_part(record, update_part(one.name)); });
}

PdfUpdate prepare_update(const Paper& paper, const Bytes& pdf, const std::string& field,
                         const Bytes& salt, model::Statement& statement) {
  auto update = paper.update(pdf, field, statement);
  statement.subject[kSignedPdf] = evidence::commitment_text(salt, update.pdf.covered());
  return update;
}

}  // namespace vermilion::records
