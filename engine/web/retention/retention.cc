// What is due for destruction, holds, and disposals with the step that this person may take.
#include "service/retention.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/uri.h"
#include "service/records.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

std::string scope_text(Visit& visit, const Json& scope) {
  std::string text = string_or_empty(scope, "form");
  const auto from = visit.when(string_or_empty(scope, "from"));
  const auto to = visit.when(string_or_empty(scope, "to"));
  if (!from.empty() || !to.empty()) text += " " + from + "～" + to;
  const auto records = scope.value("records", Json::array());
  return records.empty() ? text : text + " " + std::to_string(records.size()) + " 件指定的紀錄";
}

void label_hold(Visit& visit, Json& hold) {
  hold["placed_text"] = visit.when(string_or_empty(hold, "placed"));
  hold["scope_text"] = scope_text(visit, hold.value("scope", Json::object()));
  hold["state"] = hold["released"].is_string() ? "released" : "placed";
  label_state(hold);
}

void label_disposal(Json& disposal) {
  disposal["state"] = require_string(disposal, "stage");
  disposal["state_label"] = require_string(disposal, "stage_label");
  disposal["count"] = disposal["records"].size();
  label_state(disposal);
}

Response retention_page(Visit& visit, const Error* problem) {
  Json data;
  data["due"] = service::retention_due(visit.context());
  data["holds"] = service::list_holds(visit.context());
  data["disposals"] = service::list_disposals(visit.context());
  for (auto& row : data["due"]) row["due_text"] = visit.when(string_or_empty(row, "due"));
  for (auto& hold : data["holds"]) label_hold(visit, hold);
  for (auto& disposal : data["disposals"]) label_disposal(disposal);
  std::reverse(data["disposals"].begin(), data["disposals"].end());  // what is under way first
  data["may_propose"] = !data["due"].empty() && visit.may("disposal.propose");
  data["signs_here"] = visit.signs_here();
  data["command"] = command_line(visit, "disposal propose --due");
  return visit.page("retention/retention", "保存與銷毀", data, problem);
}

void add_step(Visit& visit, Json& data, const std::string& stage) {
  const auto offer = [&](const char* step, const char* zh, const char* en, const char* more = "") {
    data["step"] = data[step] = true;
    data["step_label"] = zh;
    data["step_en"] = en;
    data["command"] =
        command_line(visit, fmt::format("disposal {} {}{}", step, visit.part("id"), more));
  };
  if (stage == "proposed" && visit.may("disposal.approve")) offer("approve", "核准", "Approve");
  const bool ready = stage == "approved" || stage == "executing";
  if (ready && visit.may("disposal.execute"))
    offer("execute", "執行銷毀", "Destroy", " --witness WITNESS --witness-passphrase-file FILE");
}

// Records of a disposal name their form by its id.
void label_records(Visit& visit, Json& records) {
  const auto forms = service::list_forms(visit.context());
  for (auto& record : records) {
    record["date_text"] = visit.when(string_or_empty(record, "date"));
    for (const auto& form : forms) {
      if (form["id"] == record["form"]) record["form_title"] = form["title"];
    }
  }
}

Response disposal_page(Visit& visit, const Error* problem) {
  auto data = service::show_disposal(visit.context(), visit.part("id"));
  const auto stage = require_string(data, "stage");
  label_disposal(data);
  label_signatures(visit, data["signatures"]);
  label_records(visit, data["records"]);
  data["account"] = visit.session->account;
  data["signs_here"] = visit.signs_here();
  data["finished"] = stage == "done";
  data["archive"] = string_or_empty(data, "track") == "archive";
  data["typed_number"] = visit.request.field("approval_number");
  data["typed_witness"] = visit.request.field("witness");
  data["typed_reason"] = visit.request.field("reason");
  data["withdraw"] = (stage == "proposed" || stage == "approved") && visit.signs_here() &&
                     visit.may("disposal.propose");
  add_step(visit, data, stage);
  return visit.page("retention/disposal", "銷毀案", data, problem);
}

std::string disposal_path(Visit& visit) {
  return "/retention/" + percent_encoded(visit.part("id"));
}

}  // namespace

Response show_retention(Visit& visit) { return retention_page(visit, nullptr); }
Response show_disposal(Visit& visit) { return disposal_page(visit, nullptr); }

Response propose_disposal(Visit& visit) {
  visit.then("/retention/{id}");
  try {
    service::ProposalRequest wanted;
    wanted.all_due = true;
    wanted.archive = visit.request.field("archive") == "yes";
    const auto made = service::propose_disposal(visit.signing(), wanted);
    return redirect("/retention/" + percent_encoded(require_string(made, "id")));
  } catch (const Error& error) {
    return retention_page(visit, &error);
  }
}

Response approve_disposal(Visit& visit) {
  return after_deed(visit, disposal_path(visit), disposal_page, [&] {
    (void)service::approve_disposal(visit.signing(), visit.part("id"),
                                    visit.request.field("approval_number"));
  });
}

Response withdraw_disposal(Visit& visit) {
  return after_deed(visit, disposal_path(visit), disposal_page, [&] {
    (void)service::withdraw_disposal(visit.signing(), visit.part("id"),
                                     visit.request.field("reason"));
  });
}

Response execute_disposal(Visit& visit) {
  const auto& form = visit.request;
  return after_deed(visit, disposal_path(visit), disposal_page, [&] {
    if (form.field("sure") != "yes") {
      throw Error(Failure::invalid, "not-confirmed",
                  {"請先勾選您了解紀錄將永久無法讀取",
                   "tick that you know the records will be gone for ever"});
    }
    (void)service::execute_disposal(visit.signing(), visit.part("id"),
                                    {form.field("witness"), form.field("witness_passphrase"), ""});
  });
}

Response disposal_pdf(Visit& visit) {
  auto pdf = service::disposal_certificate_pdf(visit.context(), visit.part("id"));
  return file("application/pdf", "銷毀證明-" + visit.part("id") + ".pdf", std::move(pdf));
}

}  // namespace vermilion::web
