// Who may sign a record now, asked by whoever signs and again by whoever verifies. Within this layer only.
//
// Errors  The refusals: forbidden "no-delegation" (of the right record.sign), "not-the-subject", "not-your-turn", "same-person",
//         "role-not-held", "not-of-the-record".
#pragma once
#include <optional>

#include "evidence/revision.h"
#include "model/form.h"
#include "model/record.h"
#include "model/statement.h"
#include "store/snapshot.h"

namespace vermilion::records {

// Why this person may not give this signature, or nothing. `record` has the signatures given before; people, roles and delegations are
// those of `evidence`.
[[nodiscard]] std::optional<evidence::Refusal> cannot_sign(const store::Snapshot& evidence,
                                                           const model::SignerSlot& slot,
                                                           const model::Record& record,
                                                           const model::SignerFields& signer,
                                                           Date day);

// The same of adding a file to it: whom it concerns, and the keepers of records.
[[nodiscard]] std::optional<evidence::Refusal> cannot_attach(const store::Snapshot& evidence,
                                                             const model::Record& record,
                                                             const model::SignerFields& signer,
                                                             Date day);

// Statement kind and meaning of the first signature, as paper, import and correction have them.
struct FirstWords {
  std::string kind;
  std::string meaning;
};
const FirstWords kAttachmentWords = {"record", "附件"};
[[nodiscard]] FirstWords first_words(const model::Record& record, const model::SignerSlot& slot);

// Filed by somebody other than the first slot's, and complete at once.
[[nodiscard]] bool is_taken_over(const model::Record& record);

// What every signature of a record says of it, as far as the manifest knows.
[[nodiscard]] Json subject_of(const model::Record& record);

}  // namespace vermilion::records
