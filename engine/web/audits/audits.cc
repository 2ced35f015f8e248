// Audits: what was approved, and what the auditor looked at.
#include "service/audit_access.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

std::string listed_names(const Json& list) {
  std::string text;
  for (const auto& one : list) text += (text.empty() ? "" : "、") + one.get<std::string>();
  return text;
}

void label_audit(Visit& visit, Json& audit) {
  for (const char* key : {"documents", "units", "forms", "log_kinds"})
    audit[key] = listed_names(audit["scope"][key]);
  audit["from_text"] = visit.when(require_string(audit, "from"));
  audit["to_text"] = visit.when(require_string(audit, "to"));
}

}  // namespace

Response show_audits(Visit& visit) {
  auto audits = service::list_audits(visit.context());
  for (auto& audit : audits) label_audit(visit, audit);
  return visit.page(
      "audits/audits", "稽核",
      {{"audits", audits},
       {"approves", visit.may("audit.approve")},
       {"command", command_line(visit, "audit approve ACCOUNT --to DATE --document ID")}});
}

Response show_trail(Visit& visit) {
  auto rows = service::audit_trail(visit.context(), visit.part("id"));
  for (auto& row : rows) row["at_text"] = visit.when(require_string(row, "at"));
  return visit.page("audits/trail", "稽核軌跡", {{"rows", rows}, {"id", visit.part("id")}});
}

}  // namespace vermilion::web
