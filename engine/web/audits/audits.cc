// Audits: what was approved, and what the auditor looked at.
#include <Poco/String.h>

#include <charconv>
#include <iterator>
#include <sstream>

#include "service/audit_access.h"
#include "service/audit_copies.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr const char* kDone = "/audits?done=yes";

std::string listed_names(const Json& list) {
  std::string text;
  for (const auto& one : list) text += (text.empty() ? "" : "、") + one.get<std::string>();
  return text;
}

// What was typed in one field, several names parted by spaces or commas.
std::vector<std::string> names_in(std::string typed) {
  for (const char* mark : {",", "、", "，", "　"}) Poco::replaceInPlace(typed, mark, " ");
  std::istringstream words(typed);
  return {std::istream_iterator<std::string>(words), {}};
}

void label_audit(Visit& visit, Json& audit) {
  for (const char* key : {"documents", "units", "forms", "log_kinds"})
    audit[key] = listed_names(audit["scope"][key]);
  audit["from_text"] = visit.when(require_string(audit, "from"));
  audit["to_text"] = visit.when(require_string(audit, "to"));
  audit["may_end"] = visit.may("audit.approve") && audit["ended"] == false &&
                     require_string(audit, "to") >= iso_date(visit.context().today());
}

// Of one audit, those that are open first.
Json copies_of(Visit& visit, const Json& copies, const std::string& audit) {
  Json open = Json::array();
  Json erased = Json::array();
  for (auto copy : copies) {
    if (copy["audit"] != audit) continue;
    copy["at_text"] = visit.when(require_string(copy, "at"));
    copy["may_confirm"] = visit.may("audit.approve") && copy["erased"].is_null();
    if (!copy["erased"].is_null())
      copy["erased"]["at_text"] = visit.when(require_string(copy["erased"], "at"));
    (copy["erased"].is_null() ? open : erased).push_back(std::move(copy));
  }
  open.insert(open.end(), erased.begin(), erased.end());
  return open;
}

Response audits_page(Visit& visit, const Error* problem) {
  auto audits = service::list_audits(visit.context());
  const auto copies = service::list_audit_copies(visit.context(), false);
  for (auto& audit : audits) {
    label_audit(visit, audit);
    audit["copies"] = copies_of(visit, copies, require_string(audit, "id"));
    audit["has_copies"] = !audit["copies"].empty();
  }
  Json data = {{"audits", audits},
               {"approves", visit.may("audit.approve")},
               {"signs_here", visit.signs_here()},
               {"done", visit.request.asked("done") == "yes"},
               {"command", command_line(visit, "audit approve ACCOUNT --to DATE --document ID")}};
  add_typed(visit, data,
            {"auditor", "from", "to", "documents", "units", "forms", "records_from", "records_to",
             "log_kinds"});
  return visit.page("audits/audits", "稽核", std::move(data), problem);
}

}  // namespace

Response show_audits(Visit& visit) { return audits_page(visit, nullptr); }

Response approve_audit(Visit& visit) {
  return after_deed(visit, kDone, audits_page, [&] {
    const auto& form = visit.request;
    (void)service::approve_audit(visit.signing(),
                                 {form.field("auditor"), form.field("from"), form.field("to"),
                                  names_in(form.field("documents")), names_in(form.field("units")),
                                  names_in(form.field("forms")), form.field("records_from"),
                                  form.field("records_to"), names_in(form.field("log_kinds"))});
  });
}

Response end_audit(Visit& visit) {
  return after_deed(visit, kDone, audits_page,
                    [&] { (void)service::end_audit(visit.signing(), visit.part("id")); });
}

Response confirm_copy(Visit& visit) {
  return after_deed(visit, kDone, audits_page, [&] {
    std::uint64_t copy = 0;
    const auto part = visit.part("copy");
    const auto end = part.data() + part.size();
    if (std::from_chars(part.data(), end, copy).ptr != end) copy = 0;  // of no copy: not found
    (void)service::confirm_copy_erased(visit.signing(), copy);
  });
}

Response show_trail(Visit& visit) {
  auto rows = service::audit_trail(visit.context(), visit.part("id"));
  for (auto& row : rows) row["at_text"] = visit.when(require_string(row, "at"));
  return visit.page("audits/trail", "稽核軌跡", {{"rows", rows}, {"id", visit.part("id")}});
}

}  // namespace vermilion::web
