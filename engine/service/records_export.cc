// Taking records away: the PDF, the files for stock openssl, CSV, the register of agreements.
#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "identity/people.h"
#include "records/attaching.h"
#include "records/registers.h"
#include "render/copies.h"
#include "render/pdf.h"
#include "service/audit_access.h"
#include "service/form_fields.h"
#include "service/opening.h"
#include "service/record_access.h"
#include "service/record_rendition.h"
#include "service/records.h"

namespace vermilion::service {
namespace {

using model::Record;

// Once complete, or signed within, its PDF is part of the record; until then it is drawn anew with the signatures there are.
Bytes pdf_of(Context& context, const Record& record) {
  if (auto kept = records::open_pdf(context.store(), record)) return std::move(*kept);
  const auto form =
      records::require_form_version(context.store().evidence(), record.form, record.form_version);
  const auto values = records::open_values(context.store(), record);
  return record_paper(context).render(
      {form, values, record, records::open_statements(context.store(), record)});
}

// Those of the record and those of its attachments.
std::vector<evidence::FiledStatement> all_statements(Context& context, const Record& record) {
  auto statements = records::open_statements(context.store(), record);
  for (auto& one : records::attachments_of(context.store(), record))
    statements.push_back({one.part, std::move(one.statement)});
  return statements;
}

std::string recipe(const Record& record, const std::vector<evidence::FiledStatement>& statements) {
  std::string text =
      "#!/bin/sh\n# 以標準 openssl 驗證這筆紀錄的每一份簽署，不需要本系統。\n"
      "# Checks every signature of this record with stock openssl; nothing of ours is needed.\n"
      "set -e\ncd \"$(dirname \"$0\")\"\n";
  for (const auto& filed : statements) {
    text += fmt::format(
        "openssl cms -verify -binary -inform DER -in {0}.statement.json.p7s -content "
        "{0}.statement.json -CAfile root.pem -attime {1} -out /dev/null\n",
        filed.name, filed.statement.at.time_since_epoch().count());
  }
  return text + "# 聲明所指的紀錄編號 the record the statements name: " + record.id + "\n";
}

std::vector<std::string> table_row(const Json& listed, const std::vector<FormField>& fields,
                                   const Json& values) {
  std::vector<std::string> row = {
      string_or_empty(listed, "number"), string_or_empty(listed, "date"),
      string_or_empty(listed, "account"), string_or_empty(listed, "state")};
  for (const auto& field : fields)
    row.push_back(values.contains(field.name) ? printed(values[field.name]) : "");
  return row;
}

// The last line says who took the table away, when and for what.
Bytes with_note(Context& context, records::Table table) {
  table.push_back({export_note(context)});
  return records::to_csv(table);
}

// An auditor reads the registers of the forms in his scope.
void require_register(Context& context, const std::string& form) {
  if (!context.limit()) return require_right(context, "register.read", "export", "register");
  if (!context.limit()->covers_form(form)) outside_scope(context, "export", "register");
}

std::vector<Record> visible(Context& context, std::vector<Record> records) {
  if (const auto* limit = context.limit()) {
    std::erase_if(records, [&](const Record& record) {
      return !limit->covers_record(record.form, record.date);
    });
  }
  return records;
}

void require_form_named(const RecordFilter& filter) {
  if (!filter.form.empty()) return;
  throw Error(Failure::invalid, "form-missing",
              {"匯出登記簿一次一種表單：請指定表單（--form）",
               "a register is exported of one form: name it (--form)"});
}

std::string profile_text(const std::map<std::string, model::Profile>& profiles,
                         const std::string& account, std::string model::Profile::*member) {
  const auto found = profiles.find(account);
  return found == profiles.end() ? "" : found->second.*member;
}

}  // namespace

Exported export_record_pdf(Context& context, const std::string& id) {
  const auto record = require_content(context, id);
  require_opening(context, "export", record);
  auto pdf = pdf_of(context, record);
  if (const auto note = export_note(context); !note.empty())
    pdf = render::labelled_copy(pdf, {"", "", note});
  context.log("export", record_subject(record) + purpose_named(context));
  return {std::move(pdf), record.number, model::is_complete(record) ? "complete" : "signing"};
}

std::vector<std::pair<std::string, Bytes>> export_record_files(Context& context,
                                                               const std::string& id) {
  const auto record = require_content(context, id);
  require_opening(context, "export", record);
  std::vector<std::pair<std::string, Bytes>> files;
  const auto statements = all_statements(context, record);
  for (const auto& filed : statements) {
    files.emplace_back(filed.name + ".statement.json",
                       records::open_part(context.store(), record, filed.name + ".statement"));
    files.emplace_back(filed.name + ".statement.json.p7s",
                       records::open_part(context.store(), record, filed.name + ".p7s"));
  }
  files.emplace_back("content.json", canonical(records::open_values(context.store(), record)));
  files.emplace_back("record.pdf", pdf_of(context, record));
  if (records::has_part(record, "scan"))
    files.emplace_back("scan", records::open_part(context.store(), record, "scan"));
  files.emplace_back("root.pem", context.store().authority().root.pem());
  files.emplace_back("recipe.txt", recipe(record, statements));
  if (const auto note = export_note(context); !note.empty())
    files.emplace_back("export.txt", note + "\n");
  context.log("export", record_subject(record) + purpose_named(context));
  return files;
}

RecordsTable records_table(Context& context, const RecordFilter& filter) {
  require_form_named(filter);
  const auto evidence = context.evidence();
  const auto form = records::require_form(evidence, filter.form);
  const auto subject = "records " + form.form.id;
  (void)require_purpose(context, "export", subject);
  const auto fields = fields_of(form.files.schema);
  RecordsTable answer{
      form.form.title, form.form.classification, {{"編號", "日期", "帳號", "狀態"}}};
  for (const auto& field : fields) answer.rows.front().push_back(field.title);
  const auto listed = list_records(context, filter);
  for (const auto& row : listed) {
    const bool gone = row["state"] == "destroyed";
    Json values = Json::object();
    if (!gone) {
      const auto record = records::require_record(evidence, row["id"].get<std::string>());
      require_opening(context, "export", record);
      values = records::open_values(context.store(), record);
    }
    answer.rows.push_back(table_row(row, fields, values));
  }
  context.log("export",
              fmt::format("{} count {}{}", subject, listed.size(), purpose_named(context)));
  return answer;
}

Bytes export_records_csv(Context& context, const RecordFilter& filter) {
  return with_note(context, records_table(context, filter).rows);
}

Json agreement_register(Context& context, const std::string& form_id) {
  const auto evidence = context.evidence();
  require_register(context, form_id);
  const auto form = records::require_form(evidence, form_id);
  (void)require_purpose(context, "export", "register " + form.form.id);
  std::map<std::string, model::Profile> profiles;
  const auto persons = identity::all_persons(evidence);
  for (const auto& person : persons)
    profiles[person.account] = identity::profile_of(context.store(), person);
  Json rows = Json::array();
  int required = 0;
  int current = 0;
  store::RecordQuery of_form;
  of_form.form = form_id;
  for (const auto& row : records::agreement_register(
           form, visible(context, evidence.records(of_form)), persons, context.day())) {
    required += row.required ? 1 : 0;
    current += row.required && row.current ? 1 : 0;
    rows.push_back({{"account", row.account},
                    {"name", profile_text(profiles, row.account, &model::Profile::name)},
                    {"unit", profile_text(profiles, row.account, &model::Profile::unit)},
                    {"required", row.required},
                    {"version", row.version},
                    {"number", row.number},
                    {"record", row.record},
                    {"at", row.at},
                    {"medium", row.medium},
                    {"current", row.current}});
  }
  context.log("export", "register " + form_id + purpose_named(context));
  return {{"form", form_id},      {"title", form.form.title}, {"version", form.form.version.text()},
          {"required", required}, {"signed", current},        {"rows", rows}};
}

Bytes agreement_register_csv(Context& context, const std::string& form_id) {
  const auto answer = agreement_register(context, form_id);
  records::Table table = {
      {"帳號", "姓名", "單位", "應簽", "版次", "紀錄編號", "時間", "方式", "現行"}};
  for (const auto& row : answer["rows"]) {
    table.push_back({printed(row["account"]), printed(row["name"]), printed(row["unit"]),
                     printed(row["required"]), printed(row["version"]), printed(row["number"]),
                     printed(row["at"]), printed(row["medium"]), printed(row["current"])});
  }
  return with_note(context, std::move(table));
}

}  // namespace vermilion::service
