// Records one may open: the list, one of them, its PDF, the next signature.
#include "service/records.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/uri.h"
#include "service/attachments.h"
#include "service/form_fields.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

Json chosen(Json list, const char* key, const std::string& asked) {
  for (auto& item : list) item["chosen"] = !asked.empty() && item[key] == asked;
  return list;
}

Json states() {
  Json list = Json::array();
  for (const char* state : {"signing", "complete", "corrected", "destroyed"}) {
    list.push_back({{"state", state}});
    label_state(list.back());
  }
  return list;
}

void label_row(Visit& visit, Json& row) {
  label_state(row);
  row["date_text"] = visit.when(string_or_empty(row, "date"));
  row["paper"] = string_or_empty(row, "medium") == "paper";
}

Json agreements_in(const Json& forms) {
  Json list = Json::array();
  for (const auto& form : forms) {
    if (form["kind"] == "agreement" && form["may_file"] == true) list.push_back(form);
  }
  if (!list.empty()) list.front()["first"] = list.back()["last"] = true;
  return list;
}

// A value of rows as a table: {heads, lines: [{cells: [{text}]}]}.
void add_table(Json& field) {
  if (!field.contains("columns")) return;
  field["table"] = true;
  field["heads"] = Json::array();
  field["lines"] = Json::array();
  for (const auto& column : field["columns"]) field["heads"].push_back(column["title"]);
  for (const auto& row : field["rows"]) {
    Json cells = Json::array();
    for (const auto& column : field["columns"]) {
      const auto name = require_string(column, "name");
      cells.push_back({{"text", row.contains(name) ? service::printed(row[name]) : ""}});
    }
    field["lines"].push_back({{"cells", cells}});
  }
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kMebibyte = 1 << 20;
  return bytes < kMebibyte ? fmt::format("{} KiB", (bytes + 1023) / 1024)
                           : fmt::format("{} MiB", (bytes + kMebibyte - 1) / kMebibyte);
}

Response destroyed_page(Visit& visit, const Json& data) {
  auto response = visit.page("records/destroyed", require_string(data, "number") + " 已銷毀", data);
  response.status = 410;
  return response;
}

// Whether the form is shown and for whom, and for whom else it could be.
void add_turn(Visit& visit, Json& next) {
  const auto principal = principal_here(visit);
  Json others = Json::array();
  for (const auto& one : Json(next["principals"])) {
    if (one["account"] == principal) {
      next["acting"] = one;
    } else {
      others.push_back(one);
    }
  }
  next["others"] = others;
  next["signing"] = next.contains("acting") || next["mine"] == true;
}

void add_next(Visit& visit, Json& data) {
  if (!data["next"].is_object()) return;
  add_turn(visit, data["next"]);
  for (const auto& role : visit.context().rules().roles()) {
    if (role.id == string_or_empty(data["next"], "role")) data["next"]["role_label"] = role.zh;
  }
  data["signs_here"] = visit.signs_here();
  const auto principal = principal_here(visit);
  data["command"] =
      command_line(visit, "record sign " + require_string(data, "number") +
                              (principal.empty() ? "" : " --on-behalf-of " + principal));
}

void add_attachments(Visit& visit, Json& data) {
  data["attached"] = !data["attachments"].empty();
  for (auto& one : data["attachments"]) {
    one["at_text"] = visit.when(string_or_empty(one["added"], "at"));
    one["size_text"] = size_text(one["size"].get<std::uint64_t>());
  }
  data["attaches"] = data["may_attach"] == true && visit.signs_here();
}

Response record_page(Visit& visit, const Error* problem) {
  auto data = service::show_record(visit.context(), visit.part("id"));
  if (data["state"] == "destroyed") return destroyed_page(visit, data);
  label_row(visit, data);
  label_signatures(visit, data["signatures"]);
  for (auto& field : data["fields"]) add_table(field);
  data["html"] = text_html(string_or_empty(data, "text"));
  data["due_text"] = visit.when(string_or_empty(data, "due"));
  data["purpose"] = visit.request.asked("purpose");
  data["done"] = visit.request.asked("done") == "yes";
  add_next(visit, data);
  add_attachments(visit, data);
  return visit.page("records/record", require_string(data, "number"), data, problem);
}

}  // namespace

Response list_records(Visit& visit) {
  const auto& asked = visit.request;
  const service::RecordFilter filter{asked.asked("form"), asked.asked("account"),
                                     asked.asked("state"), asked.asked("from"), asked.asked("to")};
  auto records = service::list_records(visit.context(), filter);
  for (auto& row : records) label_row(visit, row);
  const auto forms = service::list_forms(visit.context());
  return visit.page("records/list", "紀錄",
                    {{"records", records},
                     {"count", records.empty() ? Json(false) : Json(records.size())},
                     {"agreements", agreements_in(forms)},
                     {"forms", chosen(forms, "id", filter.form)},
                     {"states", chosen(states(), "state", filter.state)},
                     {"account", filter.account},
                     {"from", filter.from},
                     {"to", filter.to}});
}

Response show_record(Visit& visit) { return record_page(visit, nullptr); }

Response record_pdf(Visit& visit) {
  auto exported = service::export_record_pdf(visit.context(), visit.part("id"));
  return file("application/pdf", visit.part("id") + ".pdf", std::move(exported.pdf));
}

Response record_attachment(Visit& visit) {
  Bytes content;
  const auto name = service::export_attachment(visit.context(), visit.part("id"),
                                               visit.part("part"), sink_to(content));
  return file("application/octet-stream", name, std::move(content));
}

Response attach_file(Visit& visit) {
  const auto id = visit.part("id");
  const auto next = "/records/" + percent_encoded(id) + "?done=yes";
  return after_deed(visit, next, record_page, [&] {
    const auto upload = visit.request.uploads.find("file");
    if (upload == visit.request.uploads.end() || upload->second.name.empty())
      throw Error(Failure::invalid, "no-upload", {"請先選擇檔案", "choose a file first"});
    (void)service::attach_file(visit.signing(),
                               {id, upload->second.name, source_of(upload->second.bytes)});
  });
}

Response sign_record(Visit& visit) {
  const auto id = visit.part("id");
  const auto next = "/records/" + percent_encoded(id) + "?done=yes";
  return after_deed(visit, next, record_page, [&] {
    (void)service::sign_record(visit.signing(), id, principal_here(visit));
  });
}

}  // namespace vermilion::web
