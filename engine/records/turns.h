// Who may fill a slot of a record, asked by whoever signs and again by whoever verifies. Within this layer only.
#pragma once
#include <optional>

#include "evidence/revision.h"
#include "model/form.h"
#include "model/person.h"
#include "model/record.h"
#include "model/statement.h"

namespace vermilion::records {

// Why this person may not fill this slot, or nothing. `holder` is whose role is used: the signer's, or the principal's; nothing
// when there is no such person. `record` has the signatures given before.
[[nodiscard]] std::optional<evidence::Refusal> cannot_fill(
    const model::SignerSlot& slot, const model::Record& record, const model::SignerFields& signer,
    const std::optional<model::Person>& holder, Date day);

// Statement kind and meaning of the first signature, as paper, import and correction have them.
struct FirstWords {
  std::string kind;
  std::string meaning;
};
[[nodiscard]] FirstWords first_words(const model::Record& record, const model::SignerSlot& slot);

// Filed by somebody other than the first slot's, and complete at once.
[[nodiscard]] bool is_taken_over(const model::Record& record);

// What every signature of a record says of it, as far as the manifest knows.
[[nodiscard]] Json subject_of(const model::Record& record);

}  // namespace vermilion::records
