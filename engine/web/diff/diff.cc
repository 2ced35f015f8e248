// What changed between two versions, clause by clause.
#include <fmt/format.h>

#include <map>

#include "base/text.h"
#include "service/documents.h"
#include "web/diff/changes.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

// Long unchanged stretches are cut in the middle: what changed is the point.
std::string shortened(const std::string& text) {
  constexpr std::size_t edge = 40;
  const auto points = code_points(text);
  if (points.size() <= 2 * edge + 1) return text;
  return utf8(points.substr(0, edge)) + " … " + utf8(points.substr(points.size() - edge));
}

// Of lines that are left out, what parts them from the line above.
std::string line_end_before(const std::string& text) { return text.starts_with("\n") ? "\n" : ""; }

const std::map<std::string, std::string> kLabels = {
    {"added", "新增"}, {"removed", "刪除"}, {"changed", "修改"}, {"moved", "移動"}};

Json shown_change(const Json& diff, Json change) {
  const auto kind = require_string(change, "kind");
  const auto clause = string_or_empty(change, "clause");
  const auto before = string_or_empty(change, "old_clause");
  change["kind_label"] = kLabels.at(kind);
  change["clause_label"] = clause.empty() ? "前言" : clause;
  if (!before.empty() && before != clause) change["moved_from"] = before;
  const auto version = string_or_empty(diff, kind == "removed" ? "from" : "to");
  change["link"] = document_link(require_string(diff, "id"), version, clause);
  for (auto& part : change["parts"]) {
    const auto part_kind = require_string(part, "kind");
    const auto text = require_string(part, "text");
    const bool rest = part_kind == "kept" && part.at("whole").get<bool>();
    part[rest ? "rest" : part_kind] = true;
    if (part_kind == "kept") part["text"] = rest ? line_end_before(text) : shortened(text);
  }
  return change;
}

}  // namespace

Json shown_changes(const Json& diff) {
  Json shown = Json::array();
  for (const auto& change : diff.at("changes")) shown.push_back(shown_change(diff, change));
  return shown;
}

Json shown_files(const Json& diff) {
  Json shown = Json::array();
  for (auto file : diff.at("files")) {
    const auto kind = require_string(file, "kind");
    const auto version = string_or_empty(diff, kind == "removed" ? "from" : "to");
    file["kind_label"] = kLabels.at(kind);
    file["link"] = file_link(require_string(diff, "id"), version, require_string(file, "name"));
    shown.push_back(std::move(file));
  }
  return shown;
}

Response show_diff(Visit& visit) {
  const auto id = visit.part("id");
  const auto& asked = visit.request;
  auto data = service::diff_document(visit.context(), id, asked.asked("from"), asked.asked("to"));
  const auto about = service::show_document(visit.context(), id, "", false);
  data["document_title"] = require_string(about, "title");
  data["from_label"] = data["from"].is_string() ? data["from"] : Json("（無）");
  data["count"] = data["changes"].size() + data["files"].size();
  data["file_changes"] = shown_files(data);
  data["changes"] = shown_changes(data);
  data["from_asked"] = string_or_empty(data, "from");
  return visit.page("diff/diff", "變更 " + id, data);
}

Response diff_pdf(Visit& visit) {
  const auto id = visit.part("id");
  const auto& asked = visit.request;
  auto exported =
      service::export_diff_pdf(visit.context(), id, asked.asked("from"), asked.asked("to"));
  return file("application/pdf", fmt::format("{}-{}-修訂對照表.pdf", id, exported.version),
              std::move(exported.pdf));
}

}  // namespace vermilion::web
