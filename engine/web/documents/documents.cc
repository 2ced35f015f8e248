// The documents one may read: the list, one of them with its text and history, its PDF.
#include "service/documents.h"

#include <fmt/format.h>

#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr const char* kLevels[] = {"一階　政策與規範", "二階　程序書", "三階　作業說明書",
                                   "四階　表單"};

Json by_level(Visit& visit, const Json& documents) {
  Json levels = Json::array();
  for (int level = 1; level <= 4; ++level) {
    Json some = Json::array();
    for (auto row : documents) {
      if (row["level"] != level) continue;
      label_state(row);
      row["link"] = document_link(require_string(row, "id"));
      row["effective_text"] = visit.when(string_or_empty(row, "effective"));
      some.push_back(std::move(row));
    }
    if (!some.empty())
      levels.push_back(
          {{"level", level}, {"level_label", kLevels[level - 1]}, {"documents", some}});
  }
  return levels;
}

Json contents_of(const markup::Document& document) {
  constexpr int deepest = 2;
  Json list = Json::array();
  for (const auto& clause : markup::clauses(document)) {
    if (clause.depth < 1 || clause.depth > deepest || clause.title.empty()) continue;
    list.push_back({{"anchor", clause.anchor}, {"label", clause.label}, {"name", clause.title}});
  }
  if (!list.empty()) list.front()["first"] = list.back()["last"] = true;
  return list;
}

// The version before, as the list of versions has it, when the version itself does not say what it was made from.
void add_base(Json& shown, const std::string& before) {
  if (!shown.contains("base")) shown["base"] = before;
}

void add_versions(Visit& visit, Json& data) {
  std::string before;
  for (auto& version : data["versions"]) {
    const auto name = require_string(version, "version");
    version["effective_text"] = visit.when(string_or_empty(version, "effective"));
    version["here"] = name == data["text_version"];
    version["imported"] = version.value("imported", false);
    if (!version.contains("pdf")) data["open_draft"] = name;
    if (version["here"] == true) {
      data["shown"] = version;
      add_base(data["shown"], before);
    }
    before = name;
  }
}

void add_shown(Visit& visit, Json& data) {
  auto& shown = data["shown"];
  label_signatures(visit, shown["signatures"]);
  shown["pdf_short"] = short_digest(string_or_empty(shown, "pdf"));
  data["published"] = shown.contains("pdf");
  data["other_in_force"] = data["in_force"].is_string() && data["in_force"] != data["text_version"];
}

Json history_of(Visit& visit, const std::string& id) {
  auto history = service::document_history(visit.context(), id);
  label_signatures(visit, history["events"]);
  return history["events"];
}

Response document_page(Visit& visit, const Error* problem) {
  const auto id = visit.part("id");
  auto data = service::show_document(visit.context(), id, visit.request.asked("version"), true);
  const auto document = markup::parse_markdown(require_string(data, "text"));
  data["contents_list"] = contents_of(document);
  data["purpose"] = visit.request.asked("purpose");
  data["past"] = !visit.request.asked("at").empty();
  data["as_of_text"] = visit.when(require_string(data, "as_of"));
  add_versions(visit, data);
  add_shown(visit, data);
  data["html"] = text_html(document, pictures_of(visit, id, require_string(data, "text_version"),
                                                 data["shown"]["files"]));
  data["events"] = history_of(visit, id);
  data["copy_refused"] = problem != nullptr;
  return visit.page("documents/document", require_string(data, "title"), data, problem);
}

Response pdf_of(Visit& visit, const service::PdfExport& wanted, const std::string& ending) {
  auto exported = service::export_pdf(visit.context(), wanted);
  return file("application/pdf", fmt::format("{}-{}{}.pdf", wanted.id, exported.version, ending),
              std::move(exported.pdf));
}

}  // namespace

Response list_documents(Visit& visit) {
  const auto documents = service::list_documents(visit.context());
  return visit.page("documents/list", "文件", {{"levels", by_level(visit, documents)}});
}

Response show_document(Visit& visit) {
  visit.look_at(visit.request.asked("at"));
  return document_page(visit, nullptr);
}

Response document_file(Visit& visit) {
  const auto name = visit.part("name");
  auto found = service::document_file(visit.context(), visit.part("id"),
                                      visit.request.asked("version"), name);
  return file(found.type, name, std::move(found.bytes));
}

Response document_pdf(Visit& visit) {
  using service::StateMark;
  const bool marked = !visit.request.asked("marked").empty();
  return pdf_of(visit,
                {visit.part("id"), visit.request.asked("version"),
                 marked ? StateMark::always : StateMark::when_void},
                "");
}

Response encrypted_pdf(Visit& visit) {
  try {
    return pdf_of(visit,
                  {visit.part("id"), visit.request.asked("version"), service::StateMark::when_void,
                   visit.request.field("password")},
                  "-加密副本");
  } catch (const Error& error) {
    if (error.code() != "copy-password") throw;
    return document_page(visit, &error);
  }
}

}  // namespace vermilion::web
