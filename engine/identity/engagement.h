// An audit whose scope and days somebody responsible has approved, and what an auditor may see because of it.
//
// Shape    audits/<ULID>/: a statement of kind authorisation {type "audit", id, auditor, from, to, documents[], units[], forms[],
//          records_from?, records_to?, log_kinds[]}, signed under the right audit.approve; an early end is a withdrawal {type "audit", id}.
// Rule     Whoever is named in an audit that runs sees what its scope names and nothing else, and writes nothing, whatever other roles
//          he holds. Who holds a role with the right audit.scoped (external-auditor) is bound so at all times: without an audit that
//          runs he sees nothing at all.
// Scope    A document by number, "EPA-01-001", or some clauses of it, "EPA-01-001#肆/五"; all documents of an owning unit; records by
//          form, perhaps between two dates; entries of the log by kind, as far as they are about what the scope covers.
// Source   肆/八/(九)/1、3; story S10.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "store/snapshot.h"

namespace vermilion::identity {

constexpr const char* kScopedRight = "audit.scoped";

struct AuditScope {
  std::set<std::string> documents;
  std::set<std::string> units;
  std::set<std::string> forms;
  std::optional<Date> records_from;
  std::optional<Date> records_to;
  std::set<std::string> log_kinds;
};

struct Engagement {
  std::string id;  // ULID
  std::string auditor;
  Date from;
  Date to;  // last day
  AuditScope scope;
  std::string approver;
  Instant approved;
  bool ended = false;
};

[[nodiscard]] std::string engagement_folder(const std::string& id);
[[nodiscard]] Json scope_json(const AuditScope& scope);
[[nodiscard]] std::vector<Engagement> all_engagements(const store::Snapshot& evidence);
[[nodiscard]] bool runs_on(const Engagement& engagement, Date day);

// What an account is held to on that day: the scopes of his audits that run.
class AuditLimit {
 public:
  explicit AuditLimit(std::vector<AuditScope> scopes) : scopes_(std::move(scopes)) {}

  [[nodiscard]] bool covers_document(const std::string& id, const std::string& owner_unit) const;
  // The clauses to which a document is cut down; empty when all of it is in scope.
  [[nodiscard]] std::vector<std::string> clauses_of(const std::string& id,
                                                    const std::string& owner_unit) const;
  [[nodiscard]] bool covers_record(const std::string& form, Date date) const;
  [[nodiscard]] bool covers_form(const std::string& form) const;
  [[nodiscard]] bool covers_log(const std::string& kind) const;
  [[nodiscard]] bool reads_log() const;

 private:
  std::vector<AuditScope> scopes_;
};

// Whether 肆/五/(二) lies in one of the clauses; with none, always.
[[nodiscard]] bool lies_in(const std::string& clause, const std::vector<std::string>& clauses);

// Nothing when nothing binds the account.
[[nodiscard]] std::optional<AuditLimit> audit_limit(const store::Snapshot& evidence,
                                                    const std::string& account, Date day);

}  // namespace vermilion::identity
