#include "identity/audit_copies.h"

#include <algorithm>
#include <limits>
#include <map>

#include "identity/signing.h"

namespace vermilion::identity {
namespace {

using Filed = std::vector<evidence::FiledStatement>;

// The audit's last day is over, or it was ended before.
Instant end_of(const Engagement& audit, const Filed& filed, const std::string& zone) {
  auto end = start_of_day(Date(std::chrono::sys_days(audit.to) + std::chrono::days(1)), zone);
  for (const auto& one : filed)
    if (one.statement.kind == "withdrawal") end = std::min(end, one.statement.at);
  return end;
}

std::vector<store::LogRow> exports_of(const Engagement& audit, Instant end,
                                      const store::Catalogue& log, const std::string& zone) {
  store::LogFilter filter;
  filter.kind = "export";
  filter.actor = audit.auditor;
  filter.from = start_of_day(audit.from, zone);
  filter.to = end;
  filter.limit = std::numeric_limits<std::size_t>::max();
  auto rows = log.log(filter);
  // What he took before the scope was approved was not taken for this audit.
  std::erase_if(rows,
                [&](const auto& row) { return row.outcome != "done" || row.at < audit.approved; });
  return rows;
}

void read_erasures(const Filed& filed, std::map<std::uint64_t, AuditCopy>& copies) {
  for (const auto& one : filed) {
    const auto& statement = one.statement;
    if (!is_copy_erased(statement)) continue;
    const auto found = copies.find(statement.subject.value("copy", std::uint64_t{0}));
    if (found == copies.end()) continue;
    found->second.erased_by = statement.signer.account;
    found->second.erased = statement.at;
  }
}

}  // namespace

model::Statement copy_erased(const std::string& audit, std::uint64_t copy,
                             const std::string& entry) {
  model::Statement statement;
  statement.kind = "notification";
  statement.meaning = "確認稽核複本已消除";
  statement.subject = {{"type", kAuditCopy}, {"id", audit}, {"copy", copy}, {"entry", entry}};
  return statement;
}

bool is_copy_erased(const model::Statement& statement) {
  return statement.kind == "notification" &&
         string_or_empty(statement.subject, "type") == kAuditCopy;
}

std::vector<AuditCopy> audit_copies(const store::Snapshot& evidence, const store::Catalogue& log,
                                    const std::string& zone, const WantedAudit& wanted) {
  std::map<std::uint64_t, AuditCopy> copies;
  for (const auto& audit : all_engagements(evidence)) {
    if (!wanted(audit)) continue;
    const auto filed = filed_statements(evidence, engagement_folder(audit.id));
    for (const auto& row : exports_of(audit, end_of(audit, filed, zone), log, zone))
      copies.try_emplace(row.index, AuditCopy{row, audit.id, "", std::nullopt});
    read_erasures(filed, copies);
  }
  std::vector<AuditCopy> list;
  for (auto& [index, copy] : copies) list.push_back(std::move(copy));
  return list;
}

std::optional<evidence::DutyClash> copy_clash(const model::Statement& statement,
                                              const std::string& auditor) {
  return evidence::duty_clash(evidence::Duty::scope_approver,
                              evidence::persons_of(statement.signer), evidence::Duty::auditor,
                              {auditor});
}

}  // namespace vermilion::identity
