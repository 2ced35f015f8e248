// What must hold at each step of a disposal: asked when it is prepared and again under the writer's
// lock, of the evidence and the day given. For the files of this layer alone.
//
// Errors   As retention/disposal.h.
#pragma once
#include "retention/batch.h"

namespace vermilion::retention {

// The records are the ones proposed, with the same manifests.
void require_unchanged(const Disposal& disposal, const std::vector<RecordFacts>& records);

// In no other batch, on the right track, due, complete and not held.
void require_proposable(const store::Snapshot& evidence, const std::vector<RecordFacts>& records,
                        bool archive, Date day);
void require_approval(const FactsOf& facts, const store::Snapshot& evidence,
                      const Disposal& disposal, const std::string& number,
                      const model::SignerFields& signer, Date day);
// Returns the records as they stand.
std::vector<RecordFacts> require_execution(const FactsOf& facts, const store::Snapshot& evidence,
                                           const Disposal& disposal,
                                           const model::SignerFields& executor,
                                           const model::SignerFields& witness, Date day);
// Proposed or approved, and not begun.
void require_withdrawable(const Disposal& disposal);
void require_done(const store::Store& store, const Disposal& disposal, const Json& certificate,
                  const model::SignerFields& executor, const model::SignerFields& witness);

}  // namespace vermilion::retention
