// The verifier's part about documents: every round is replayed, every version is what was signed and rests on the one before, and what the
// log and the tags say was published is there.
#pragma once
#include "service/checks.h"
#include "service/context.h"

namespace vermilion::service {

// The rounds, texts and files of the folders wanted.
void check_documents(Context& context, const FolderChecks& checks);
// Tags and log against what is published.
void check_publications(Context& context, const FolderChecks& checks);

}  // namespace vermilion::service
