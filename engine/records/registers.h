// Registers: what is read off many records at once.
//
// Shape   A table of texts, first row the headings (Chinese). to_csv writes RFC 4180 with a UTF-8 mark, and puts ' before a cell that
//         a spreadsheet would take for a formula (= + - @ and controls).
#pragma once
#include <string>
#include <vector>

#include "model/person.h"
#include "model/record.h"
#include "records/forms.h"

namespace vermilion::records {

using Table = std::vector<std::vector<std::string>>;

[[nodiscard]] std::string to_csv(const Table& table);

// Who must have signed an agreement, and who has: person x version. One row a person of the form's required_of roles on `day`, and one
// for everybody who signed any version.
struct AgreementRow {
  std::string account;
  bool required = false;
  std::string version;  // signed last, or ""
  std::string record;   // its id, or ""
  std::string number;
  std::string at;       // RFC 3339, or ""
  std::string medium;   // electronic, paper, imported
  bool current = false; // that version is the one in force; never of an import
};
[[nodiscard]] std::vector<AgreementRow> agreement_register(
    const PublishedForm& form, const std::vector<model::Record>& records,
    const std::vector<model::Person>& persons, Date day);

}  // namespace vermilion::records
