#include "service/record_rendition.h"

#include <fmt/format.h>

#include "markup/document.h"
#include "render/pdf.h"
#include "service/form_fields.h"
#include "service/paper.h"
#include "service/renditions.h"
#include "service/signed_pdf.h"

namespace vermilion::service {
namespace {

std::string table_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const auto& cell : cells) row += " " + cell_text(cell) + " |";
  return row + "\n";
}

std::string rule_row(std::size_t columns) {
  std::string row = "|";
  for (std::size_t i = 0; i < columns; ++i) row += " --- |";
  return row + "\n";
}

std::string value_text(const FormField& field, const Json& value) {
  const auto text = printed(value);
  return field.format == "date" ? in_both_calendars(text) : text;
}

// An array of objects: one table of its own.
std::string rows_markdown(const FormField& field, const Json& rows) {
  std::vector<std::string> head;
  for (const auto& column : field.columns) head.push_back(column.title);
  std::string text =
      "\n**" + cell_text(field.title) + "**\n\n" + table_row(head) + rule_row(head.size());
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const auto& column : field.columns)
      cells.push_back(row.contains(column.name) ? value_text(column, row[column.name]) : "");
    text += table_row(cells);
  }
  return text;
}

std::string origin_line(const model::Record& record) {
  if (record.imported) return "本紀錄由既有資料匯入（imported），原件非本系統簽署。\n\n";
  if (record.medium == model::Medium::paper)
    return "本紀錄為紙本簽署之登錄（paper），掃描檔隨紀錄密封保存。\n\n";
  return "";
}

std::string markdown_of(const records::Rendition& rendition) {
  const std::string& text = rendition.form.files.text;
  const bool titled = text.starts_with("# ");
  return (titled ? "" : "# " + rendition.form.form.title + "\n\n") + text + "\n\n## 填寫內容\n\n" +
         origin_line(rendition.record) +
         values_markdown(rendition.form.files.schema, rendition.values);
}

// 同意並簽署　本人
std::string purpose_of(Context& context, const model::SignerSlot& slot) {
  if (slot.subject) return slot.meaning + "　本人 in person";
  const auto& role = context.rules().require_role(slot.role);
  return fmt::format("{}　{} {}", slot.meaning, role.zh, role.en);
}

std::vector<render::SignatureField> fields_to_sign(Context& context,
                                                   const records::Rendition& rendition) {
  std::vector<render::SignatureField> fields;
  const auto& slots = rendition.form.form.signers;
  for (std::size_t i = 0; i < rendition.fields.size(); ++i)
    fields.push_back({rendition.fields[i], purpose_of(context, slots.at(i))});
  return fields;
}

// What is signed within is the original from the first signature on; what waits to be numbered has only its id.
std::string notice_of(const records::Rendition& rendition) {
  if (!rendition.fields.empty()) return "正本為電子檔，以檔內簽章為準";
  return rendition.record.number.empty() ? "閱覽本，尚未簽署" : "正本為電子紀錄";
}

Bytes render_record(Context& context, const records::Rendition& rendition) {
  const auto document = markup::parse_markdown(markdown_of(rendition));
  const auto& form = rendition.form.form;
  render::PdfRequest request;
  request.document = &document;
  request.id = rendition.record.number.empty() ? form.id : rendition.record.number;
  request.title = form.title;
  request.organisation = context.store().settings().name;
  request.version = form.version.text();
  request.classification = form.classification;
  request.date = rendition.record.date;
  request.sheet = true;
  request.notice = notice_of(rendition);
  request.signature_fields = fields_to_sign(context, rendition);
  for (const auto& filed : rendition.statements)
    request.approvals.push_back(
        approval_row(context, filed.statement, certificate_of(rendition.record, filed.name)));
  if (!rendition.statements.empty())
    request.content_digest =
        string_or_empty(rendition.statements.front().statement.subject, "content");
  if (!rendition.record.number.empty() || !rendition.fields.empty())
    request.code = code_of_record(context, rendition.record);
  return render::render_pdf(request);
}

}  // namespace

std::string certificate_of(const model::Record& record, const std::string& signature) {
  for (const auto& one : record.signatures)
    if (one.name == signature) return one.certificate;
  return "";
}

std::string cell_text(const std::string& text) {
  static const std::string special = "\\`*_{}[]<>()#+-.!|~&";
  std::string safe;
  for (const char c : text) {
    if (c == '\n') {
      safe += ' ';
    } else {
      if (special.find(c) != std::string::npos) safe += '\\';
      safe += c;
    }
  }
  return safe;
}

std::string values_markdown(const std::string& schema, const Json& values) {
  std::string plain;
  std::string tables;
  for (const auto& field : fields_of(schema)) {
    if (!values.contains(field.name)) continue;
    const auto& value = values[field.name];
    if (!field.columns.empty() && value.is_array()) {
      tables += rows_markdown(field, value);
    } else {
      plain += table_row({field.title, value_text(field, value)});
    }
  }
  if (!plain.empty()) plain = table_row({"欄位", "內容"}) + rule_row(2) + plain;
  return plain + tables;
}

records::Paper record_paper(Context& context) {
  records::Paper paper;
  paper.render = [&context](const records::Rendition& rendition) {
    return render_record(context, rendition);
  };
  if (signs_within(context)) {
    paper.update = [&context](const Bytes& pdf, const std::string& field,
                              const model::Statement& statement) {
      return sign_within(context, pdf, field, statement);
    };
  }
  return paper;
}

}  // namespace vermilion::service
