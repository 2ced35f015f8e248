#include "service/blank_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "markup/blocks.h"
#include "service/form_fields.h"
#include "service/paper.h"
#include "service/record_access.h"

namespace vermilion::service {
namespace {

using markup::Block;
using markup::Cell;
using markup::lines;
using markup::table_of;

constexpr int kEmptyRows = 6;
const std::string kRoom = "　";  // an ideographic space keeps a line open

// What stands where the value is to be written: boxes to tick, or room.
Cell room_for(const FormField& field) {
  if (field.type == "boolean") return lines({"☐ 是　　☐ 否"});
  if (!field.choices.empty()) {
    std::string boxes;
    for (const auto& choice : field.choices) boxes += (boxes.empty() ? "☐ " : "　　☐ ") + choice;
    return lines({boxes});
  }
  if (field.format == "date") return lines({"民國　　　年　　　月　　　日"});
  const bool short_one = field.type == "integer" || field.type == "number";
  return short_one ? lines({kRoom}) : lines({kRoom, kRoom});
}

Block fields_table(const std::vector<FormField>& fields) {
  auto table = table_of({"欄位", "填寫"});
  for (const auto& field : fields) {
    if (!field.columns.empty()) continue;
    table.rows.push_back(
        {lines({field.title + (field.required ? "＊" : ""), field.description}), room_for(field)});
  }
  return table;
}

Block rows_table(const FormField& field) {
  std::vector<std::string> heads;
  for (const auto& column : field.columns) heads.push_back(column.title);
  auto table = table_of(heads);
  for (int i = 0; i < kEmptyRows; ++i) {
    auto& row = table.rows.emplace_back();
    for (std::size_t c = 0; c < heads.size(); ++c) row.push_back(lines({kRoom, kRoom}));
  }
  return table;
}

Block signatures_table(const model::Form& form) {
  auto table = table_of({"簽署", "單位／職稱", "姓名", "簽名", "日期"});
  for (const auto& slot : form.signers) {
    table.rows.push_back({lines({slot.meaning, kRoom}), lines({kRoom}), lines({kRoom}),
                          lines({kRoom}), lines({kRoom})});
  }
  return table;
}

markup::Document document_of(const records::PublishedForm& form) {
  const bool titled = form.files.text.starts_with("# ");
  auto document =
      markup::parse_markdown((titled ? "" : "# " + form.form.title + "\n\n") + form.files.text);
  const auto fields = fields_of(form.files.schema);
  auto& blocks = document.blocks;
  blocks.push_back(markup::heading_of(2, "填寫內容（＊必填）"));
  blocks.push_back(fields_table(fields));
  for (const auto& field : fields) {
    if (field.columns.empty()) continue;
    blocks.push_back(markup::heading_of(3, field.title));
    blocks.push_back(rows_table(field));
  }
  blocks.push_back(markup::heading_of(2, "簽署"));
  blocks.push_back(signatures_table(form.form));
  return document;
}

}  // namespace

Bytes blank_form_pdf(Context& context, const std::string& id, const std::string& version) {
  const auto form = form_to_read(context, context.evidence(), id, version);
  const auto document = document_of(form);
  render::PdfRequest request;
  request.document = &document;
  request.id = form.form.id;
  request.title = form.form.title;
  request.title_en = form.form.title_en;
  request.organisation = context.store().settings().name;
  request.version = form.form.version.text();
  request.classification = form.form.classification;
  request.sheet = true;
  request.notice = "空白表單，填寫後依其等級保管";
  request.code = number_blank(context, form.form);
  request.date = parse_date(context.store().settings().created.substr(0, 10));
  return render::render_pdf(request);
}

}  // namespace vermilion::service
