// The round a revision goes through: submission, review, countersignature, return, approval. Each is a prepared statement.
//
// Idea     prepare checks what it can and yields the bytes to sign; commit checks everything again under the
//          writer's lock against the draft and the statements as they stand then (evidence::cannot_sign).
// Errors   as evidence::cannot_sign; conflict "stale-base" when another version was published since the draft began; a submission as require_pictures
//          (draft_files.h).
// Source   architecture invariants 3 to 5; story S1.
#pragma once
#include <string>

#include "identity/signing.h"
#include "workflow/drafts.h"

namespace vermilion::workflow {

struct RoundStep {
  std::string kind;      // submission, review, countersignature, approval
  std::string meaning;   // 送審, 審查, 會簽, 核准, 退回
  std::string unit;      // countersignature: for which unit
  std::string comment;   // opinion or reason; "" for none
  bool returns = false;  // review that sends the draft back
};

// `pdf` is the digest of the review rendition that the signer was shown.
[[nodiscard]] identity::Prepared prepare_step(store::Store& store, const std::string& id,
                                              const model::Version& version, const RoundStep& step,
                                              const std::string& pdf,
                                              const model::SignerFields& signer,
                                              const store::Act& act);

// What the statements of a revision amount to at this moment.
[[nodiscard]] evidence::Round round_of(const store::Snapshot& evidence, const std::string& id,
                                       const model::Version& version);

// Throws conflict "stale-base" if the draft's base is no longer the newest publication, "document-withdrawn" if there can be no
// further one.
void require_fresh_base(const store::Snapshot& evidence, const std::string& id,
                        const model::DraftInfo& info);

}  // namespace vermilion::workflow
