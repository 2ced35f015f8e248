// What the verifier looks for around the seal.
//
// Finds    A certificate of the seal that nobody signed for, that is for a key not the store's, or that is gone; a revocation of one that is
//          gone or names another. A published PDF that is not the rendition with one good seal after it and nothing else, sealed with what was
//          revoked, or with validation data (long_term.h) that does not hold; one without a seal although there was one to seal with.
#pragma once
#include "base/fault.h"
#include "service/context.h"
#include "workflow/documents.h"

namespace vermilion::service {

// Calls count() for each certificate looked at.
void check_seal_certificates(Context& context, const std::function<void()>& count,
                             const Fault& fault);

void check_seal(Context& context, const std::string& where, const workflow::Published& published,
                const Fault& fault);

}  // namespace vermilion::service
