#include "service/sheets.h"

#include <fmt/format.h>

#include "base/error.h"
#include "markup/blocks.h"
#include "records/registers.h"
#include "render/pdf.h"
#include "service/auditing.h"
#include "service/form_fields.h"
#include "service/opening.h"
#include "service/records.h"
#include "service/renditions.h"
#include "service/rights.h"

namespace vermilion::service {
namespace {

using markup::Block;
using markup::heading_of;
using markup::lines;
using markup::paragraph_of;
using markup::table_of;

Block table_block(const records::Table& table) {
  auto block = table_of(table.front());
  for (std::size_t r = 1; r < table.size(); ++r) {
    auto& row = block.rows.emplace_back();
    for (const auto& cell : table[r]) row.push_back(lines({cell}));
  }
  return block;
}

struct RegisterSheet {
  std::string id;
  std::string title;
  std::string classification;
  std::vector<Block> blocks;
};

Bytes sheet_pdf(Context& context, RegisterSheet sheet) {
  markup::Document document;
  document.blocks.push_back(heading_of(1, sheet.title));
  for (auto& block : sheet.blocks) document.blocks.push_back(std::move(block));
  if (const auto note = export_note(context); !note.empty())
    document.blocks.push_back(paragraph_of(note));
  render::PdfRequest request;
  request.document = &document;
  request.id = sheet.id;
  request.title = sheet.title;
  request.organisation = context.store().settings().name;
  request.version = iso_date(context.day());
  request.classification = sheet.classification;
  request.sheet = true;
  request.notice = "正本為電子紀錄";
  request.date = context.day();
  return render::render_pdf(request);
}

// A day and a time as the rest of the page has them; "" for none.
std::string moment_text(Context& context, const Json& at) {
  const auto text = printed(at);
  return text.empty() ? "" : moment(context, parse_instant(text));
}

std::string mark(const Json& value) { return value == true ? "✓" : ""; }

Block report_facts(const Json& subject) {
  std::vector<std::string> facts;
  for (const auto& fact : subject["facts"]) facts.push_back(require_string(fact, "zh"));
  facts.push_back(fmt::format("紀錄 {} 筆{}", subject["count"].get<std::size_t>(),
                              subject["cut"] == true ? "，以下為最新者" : ""));
  return markup::numbered_list(facts);
}

Block report_entries(Context& context, const Json& subject) {
  records::Table table = {{"序號", "時間", "種類", "帳號", "對象", "結果"}};
  for (const auto& row : subject["entries"]) {
    table.push_back({printed(row["index"]), moment_text(context, row["at"]), printed(row["kind"]),
                     printed(row["actor"]), printed(row["subject"]), printed(row["outcome"])});
  }
  return table_block(table);
}

}  // namespace

Bytes agreement_register_pdf(Context& context, const std::string& form) {
  const auto answer = agreement_register(context, form);
  records::Table table = {{"姓名", "帳號", "單位", "應簽", "已簽版次", "紀錄編號", "時間", "現行"}};
  for (const auto& row : answer["rows"]) {
    table.push_back({printed(row["name"]), printed(row["account"]), printed(row["unit"]),
                     mark(row["required"]), printed(row["version"]), printed(row["number"]),
                     moment_text(context, row["at"]), mark(row["current"])});
  }
  const auto counted =
      fmt::format("版次 {}；應簽 {} 人，已簽 {} 人。", require_string(answer, "version"),
                  answer["required"].get<int>(), answer["signed"].get<int>());
  return sheet_pdf(context, {form,
                             require_string(answer, "title") + "簽署登記簿",
                             "限閱",
                             {paragraph_of(counted), table_block(table)}});
}

Bytes records_register_pdf(Context& context, const RecordFilter& filter) {
  const auto register_of = records_table(context, filter);
  return sheet_pdf(context, {filter.form,
                             register_of.title + "登記簿",
                             register_of.classification,
                             {table_block(register_of.rows)}});
}

Bytes log_report_pdf(Context& context, const ReportRequest& request) {
  const auto report = log_report(context, request);
  std::vector<Block> blocks = {paragraph_of(
      fmt::format("期間 {} 至 {}，紀錄共 {} 筆。", require_string(report, "from"),
                  require_string(report, "to"), report["entries"].get<std::size_t>()))};
  for (const auto& subject : report["subjects"]) {
    blocks.push_back(heading_of(
        2, fmt::format("({}) {}", subject["number"].get<int>(), require_string(subject, "zh"))));
    blocks.push_back(report_facts(subject));
    if (!subject["entries"].empty()) blocks.push_back(report_entries(context, subject));
  }
  return sheet_pdf(context, {"肆/八/(九)/4", "系統稽核紀錄", "限閱", std::move(blocks)});
}

Bytes rights_matrix_pdf(Context& context) {
  records::Table table = {{"類別", "權限", "說明", "角色"}};
  const auto matrix = rights_matrix(context);
  for (const auto& right : matrix["rights"]) {
    std::string roles;
    for (const auto& role : right["roles"]) roles += (roles.empty() ? "" : "、") + printed(role);
    table.push_back(
        {printed(right["group_zh"]), printed(right["right"]), printed(right["zh"]), roles});
  }
  return sheet_pdf(context, {"rules/roles", "權限表", "內部使用", {table_block(table)}});
}

}  // namespace vermilion::service
