// The register of what auditors took away, and its erasure.
//
// Rights   Auditors see their own copies; who holds audit.approve or log.read sees all. Confirming takes audit.approve.
// Log      "log-read" on "audits"; a confirmation is "notification" on "audit 01J… copy 77".
// Errors   not_found "no-audit-copy"; conflict "copy-erased-already"; forbidden "approves-own-audit".
// Source   identity/audit_copies.h; 肆/八/(九)/3/(3); SC-52.
#pragma once
#include <cstdint>

#include "base/fault.h"
#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// [{copy, audit, auditor, approver, at, subject, purpose, until, erased: {by, at} or null}], oldest first; until: the audit's last day.
[[nodiscard]] Json list_audit_copies(Context& context, bool open_only);
// {copy, audit, erased, act, log_index}
[[nodiscard]] Json confirm_copy_erased(Context& context, std::uint64_t copy);
// How many copies are open that the caller took, or that were taken in audits he approved.
[[nodiscard]] std::size_t own_open_copies(Context& context);

// For the verifier: what was confirmed is a copy, once, by somebody else than the auditor, and no confirmation is gone.
void check_audit_copies(Context& context, const Fault& fault);

}  // namespace vermilion::service
