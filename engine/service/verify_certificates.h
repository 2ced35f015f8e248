// What the verifier looks for around certificates.
//
// Finds    A certificate marked as revoked without a signed revocation, or a revocation without its mark. A revocation list that is
//          not the issuer's, names another set than the statements up to it, or is older than a revocation. An authority that is
//          trusted without a signed statement. An imported certificate whose proof of possession, chain or status does not hold.
#pragma once
#include "base/fault.h"
#include "service/context.h"

namespace vermilion::service {

// Calls count() for each thing looked at.
void check_certificates(Context& context, const std::function<void()>& count, const Fault& fault);

}  // namespace vermilion::service
