// Audits: what an auditor may see and when, approved by who is responsible; and his own trail, for both sides to read.
//
// Errors   forbidden "approves-own-audit", "outside-scope"; invalid "bad-audit"; refusals are logged.
// Source   identity/engagement.h; 肆/八/(九)/1、3; story S10.
#pragma once
#include "identity/engagement.h"
#include "service/context.h"
#include "store/catalogue.h"

namespace vermilion::service {

struct AuditRequest {
  std::string auditor;
  std::string from;  // "" today
  std::string to;
  std::vector<std::string> documents;  // "EPA-01-001", "EPA-01-001#肆/五"
  std::vector<std::string> units;
  std::vector<std::string> forms;
  std::string records_from;  // "" open
  std::string records_to;
  std::vector<std::string> log_kinds;
};
// {id, auditor, from, to, scope, approver, ended, act, log_index}
[[nodiscard]] Json approve_audit(Context& context, const AuditRequest& request);
// `because` is added to the log entry: "access-review 01J… row 7".
[[nodiscard]] Json end_audit(Context& context, const std::string& id,
                             const std::string& because = "");
// The auditor's own; all of them for who holds audit.approve or log.read.
[[nodiscard]] Json list_audits(Context& context);
// What the auditor did in the days of the audit, oldest first, as list_log shows entries: for himself and for who holds audit.approve or
// log.read.
[[nodiscard]] Json audit_trail(Context& context, const std::string& id);

[[noreturn]] void refuse_outside_scope();  // forbidden "outside-scope"
// The same, logged: where the whole of something cannot be cut down to a scope.
void outside_scope(Context& context, const std::string& kind, const std::string& subject);
// For what anybody who signed in may know of persons: whoever is held to a scope asks about himself alone.
void require_directory(Context& context, const std::string& account = "");
// Whether an entry is about what the scope of an auditor covers; for everybody else always.
[[nodiscard]] bool in_audit_scope(Context& context, const store::LogRow& row);

}  // namespace vermilion::service
