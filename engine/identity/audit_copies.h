// Copies that an auditor took away, and the word of the auditee that one was erased once it was not needed any more.
//
// Shape    A copy is an entry of the log: done, of kind export, by the auditor, while his audit runs; its id is its index. That it was
//          erased is a statement of kind notification in audits/<ULID>/: {type "audit-copy", id (of the audit), copy, entry: "sha256:…" of
//          the entry's bytes}, signed under the right audit.approve.
// Rule     An auditor writes nothing (SC-51), so somebody responsible for the audit signs for what he was shown or told; never the auditor himself.
// Why      Signed once for each copy. It proves that somebody answers for the erasure, not that no other copy was made.
// Source   肆/八/(九)/3/(3); SC-52.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "evidence/duties.h"
#include "identity/engagement.h"
#include "model/statement.h"
#include "store/catalogue.h"

namespace vermilion::identity {

constexpr const char* kAuditCopy = "audit-copy";

struct AuditCopy {
  store::LogRow taken;
  std::string audit;
  std::string erased_by;  // "" still open
  std::optional<Instant> erased;
};

[[nodiscard]] model::Statement copy_erased(const std::string& audit, std::uint64_t copy,
                                           const std::string& entry);
[[nodiscard]] bool is_copy_erased(const model::Statement& statement);
// Of the audits wanted. Where two audits of one auditor ran at once, a copy is of the older.
using WantedAudit = std::function<bool(const Engagement&)>;
[[nodiscard]] std::vector<AuditCopy> audit_copies(const store::Snapshot& evidence,
                                                  const store::Catalogue& log,
                                                  const std::string& zone,
                                                  const WantedAudit& wanted);
// That its signer is the auditor who took it.
[[nodiscard]] std::optional<evidence::DutyClash> copy_clash(const model::Statement& statement,
                                                            const std::string& auditor);

}  // namespace vermilion::identity
