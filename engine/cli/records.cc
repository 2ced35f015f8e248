// record create | show | list | sign | attach | correct | export; register export
#include "service/records.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/remote.h"
#include "cli/run.h"
#include "service/agreement_certificate.h"
#include "service/attachments.h"
#include "service/sheets.h"

namespace vermilion::cli {
namespace {

constexpr int kGone = 3;

struct CreateOptions {
  service::RecordRequest request;
  std::string values, read, scan, id, save_pdf;
};

constexpr const char* kSavePdf =
    "與 --server 並用：先存下將要簽署的 PDF / with --server: keep the PDF that is to be signed";

void print_record_receipt(const Json& a) {
  fmt::print("{}  {}  {}  日誌 log {}\n  {}\n", text_of(a["number"]), text_of(a["meaning"]),
             text_of(a["state"]), a["log_index"].get<std::uint64_t>(), text_of(a["id"]));
}

void print_records(const Json& list) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& r : list) {
    rows.push_back({text_of(r["number"]), text_of(r["date"]), text_of(r["form_title"]),
                    text_of(r["account"]), text_of(r["state"]),
                    r["imported"].get<bool>() ? "匯入" : "", text_of(r["id"])});
  }
  print_table(rows);
}

void print_fields(const Json& fields) {
  for (const auto& field : fields) {
    if (!field.contains("rows")) {
      fmt::print("  {}：{}\n", text_of(field["title"]), text_of(field["value"]));
      continue;
    }
    fmt::print("  {}\n", text_of(field["title"]));
    for (const auto& row : field["rows"]) fmt::print("    {}\n", row.dump());
  }
}

void print_record(const Json& r) {
  fmt::print("{}  {}  {}\n", text_of(r["number"]), text_of(r["form"]), text_of(r["state"]));
  if (r["state"] == "destroyed") {
    fmt::print("已銷毀，銷毀案 {}  destroyed by this disposal\n{}\n", text_of(r["disposal"]),
               r["certificate"].is_null() ? "" : text_of(r["certificate"]["text"]));
    return;
  }
  print_fields(r["fields"]);
  for (const auto& s : r["signatures"]) {
    fmt::print("  {}  {} {} {}  {}\n", text_of(s["meaning"]), text_of(s["unit"]),
               text_of(s["title"]), text_of(s["signer"]), text_of(s["at"]));
  }
  for (const auto& a : r["attachments"]) {
    fmt::print("  {}  {}  {} bytes  {}  {}\n", text_of(a["attachment"]), text_of(a["file"]),
               a["size"].get<std::uint64_t>(), text_of(a["added"]["signer"]),
               text_of(a["added"]["at"]));
  }
  fmt::print("  {}\n", text_of(r["because"]));
}

// As the page of an agreement sends it.
std::string typed(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "";
  if (value.is_array() || value.is_object()) require_local("rows", "欄位為表列者 fields of rows");
  return value.is_string() ? value.get<std::string>() : value.dump();
}

Json create_remotely(Run& run, const CreateOptions& o) {
  const auto& wanted = o.request;
  require_local(wanted.form_version, "--version");
  require_local(wanted.account, "--for");
  require_local(wanted.date, "--date");
  require_local(o.scan, "--scan");
  if (wanted.paper || wanted.imported) require_local("yes", "--paper, --imported");
  Form form = {{"read", o.read.empty() ? "" : "yes"}};
  if (!o.read.empty()) form["read_digest"] = service::text_digest(run.read_input(o.read));
  const auto values = parse_json(run.read_input(o.values));
  for (const auto& [name, value] : values.items()) form["f-" + name] = typed(value);
  return Remote(run).sign(
      {{"agreements", wanted.form}, form, "agreement", {{"form", wanted.form}}, o.save_pdf});
}

void create(Run& run, CreateOptions& o) {
  if (run.remote()) return run.answer(create_remotely(run, o), print_signed);
  o.request.values = parse_json(run.read_input(o.values));
  if (!o.read.empty()) o.request.read_digest = service::text_digest(run.read_input(o.read));
  if (!o.scan.empty()) o.request.scan = run.read_input(o.scan);
  run.answer(service::create_record(run.context(), o.request), print_record_receipt);
}

void add_create(CLI::App& record, Run& run) {
  auto o = std::make_shared<CreateOptions>();
  auto* command = record.add_subcommand("create", "填報並簽署 / fill in and sign");
  command->add_option("form", o->request.form)->required();
  command->add_option("--values", o->values, "欄位值，JSON 檔 / the values, a JSON file")
      ->required();
  command->add_option("--read", o->read,
                      "您所讀的內文檔；約定書必填 / the text you read; agreements need it");
  command->add_option("--version", o->request.form_version, "表單版次 / version of the form");
  command->add_option("--for", o->request.account, "關於何人 / whom it is about");
  command->add_option("--date", o->request.date, "紀錄日 / date of the record");
  command->add_flag("--paper", o->request.paper, "登錄紙本 / file what was signed on paper");
  command->add_option("--scan", o->scan, "紙本的掃描檔 / scan of the paper");
  command->add_flag("--imported", o->request.imported, "匯入既有紀錄 / import an older record");
  command->add_option("--save-pdf", o->save_pdf, kSavePdf);
  command->callback([&run, o] { create(run, *o); });

  auto* correct = record.add_subcommand("correct", "更正：另立一筆 / correct by a new record");
  correct->add_option("id", o->id)->required();
  correct->add_option("--values", o->values)->required();
  correct->add_option("--read", o->read);
  correct->callback([&run, o] {
    o->request.corrects = o->id;
    o->request.form = text_of(service::show_record(run.context(), o->id)["form"]);
    create(run, *o);
  });
}

// In place only when all of it is known to be what was sealed.
void export_attachment(Run& run, const std::string& id, const std::string& part, const Path& path) {
  const auto unfinished = path.string() + ".part";
  try {
    const auto file = run.disk().open(unfinished, Open::create);
    file->truncate(0);
    std::uint64_t size = 0;
    (void)service::export_attachment(run.context(), id, part, [&](std::string_view piece) {
      file->write(size, piece);
      size += piece.size();
    });
  } catch (...) {
    run.disk().remove(unfinished);
    throw;
  }
  run.disk().rename(unfinished, path);
}

// A folder for checking with stock openssl.
void export_files(Run& run, const std::string& id, const std::string& folder) {
  run.disk().make_directories(folder);
  for (const auto& [name, bytes] : service::export_record_files(run.context(), id))
    run.write_output(folder + "/" + name, bytes);
  const auto shown = service::show_record(run.context(), id);
  for (const auto& one : shown["attachments"]) {
    const auto part = text_of(one["attachment"]);
    export_attachment(run, id, part, Path(folder) / (part + "-" + text_of(one["file"])));
  }
}

struct RecordExport {
  std::string id, pdf, csv, files, certificate, attachment, to;
};

void export_record(Run& run, const RecordExport& o, const service::RecordFilter& filter) {
  if (!o.pdf.empty() && o.id.empty())
    run.write_output(o.pdf, service::records_register_pdf(run.context(), filter));
  else if (!o.pdf.empty())
    run.write_output(o.pdf, service::export_record_pdf(run.context(), o.id).pdf);
  if (!o.certificate.empty())
    run.write_output(o.certificate, service::agreement_certificate_pdf(run.context(), o.id));
  if (!o.files.empty()) export_files(run, o.id, o.files);
  if (!o.attachment.empty()) export_attachment(run, o.id, o.attachment, o.to);
  if (!o.csv.empty()) run.write_output(o.csv, service::export_records_csv(run.context(), filter));
}

void attach(Run& run, const std::string& id, const std::string& path) {
  require_local(run.remote() ? path : "", "record attach");
  const auto file = run.disk().open(path, Open::existing);
  const auto name = Path(path).filename().string();
  run.answer(service::attach_file(run.context(), {id, name, source_of(*file)}), [](const Json& a) {
    fmt::print("{}  {}  {}  {} bytes  日誌 log {}\n", text_of(a["number"]),
               text_of(a["attachment"]), text_of(a["file"]), a["size"].get<std::uint64_t>(),
               a["log_index"].get<std::uint64_t>());
  });
}

void add_attach(CLI::App& record, Run& run) {
  auto id = std::make_shared<std::string>();
  auto path = std::make_shared<std::string>();
  auto* command = record.add_subcommand("attach", "加入附件並簽署 / add a file to it, signed");
  command->add_option("id", *id)->required();
  command->add_option("file", *path)->required();
  command->callback([&run, id, path] { attach(run, *id, *path); });
}

void add_filter(CLI::App& command, service::RecordFilter& filter) {
  command.add_option("--form", filter.form, "表單 / form");
  command.add_option("--account", filter.account, "帳號 / account");
  command.add_option("--state", filter.state, "signing, complete, corrected, destroyed");
  command.add_option("--from", filter.from, "紀錄日起 / dated from");
  command.add_option("--to", filter.to, "紀錄日迄 / dated to");
}

void add_record_export(CLI::App& record, Run& run) {
  auto filter = std::make_shared<service::RecordFilter>();
  auto* list = record.add_subcommand("list", "您可開啟的紀錄 / records you may open");
  add_filter(*list, *filter);
  list->callback(
      [&run, filter] { run.answer(service::list_records(run.context(), *filter), print_records); });

  auto o = std::make_shared<RecordExport>();
  auto* command =
      record.add_subcommand("export", "匯出 PDF、CSV 或驗證檔 / PDF, CSV or files to check");
  command->add_option("id", o->id);
  command->add_option("--pdf", o->pdf,
                      "這一筆；未指明時為 --form 的登記簿 / of the record, else the register of --form");
  command->add_option("--certificate", o->certificate,
                      "約定書簽署證明，一頁 / that an agreement was signed, on one page");
  command->add_option("--files", o->files, "資料夾 / folder for statements and recipe");
  auto* to = command->add_option("--to-file", o->to, "附件存放之處 / where the attachment goes");
  command
      ->add_option("--attachment", o->attachment,
                   "附件，例如 attachment-01 / a file attached to it")
      ->needs(to);
  command->add_option("--csv", o->csv, "整個表單 / all records of --form");
  add_filter(*command, *filter);
  command->callback([&run, o, filter] { export_record(run, *o, *filter); });
}

void add_register(CLI::App& app, Run& run) {
  auto form = std::make_shared<std::string>();
  auto csv = std::make_shared<std::string>();
  auto pdf = std::make_shared<std::string>();
  auto* command = app.add_subcommand("register", "登記簿 / registers")->require_subcommand(1);
  auto* take = command->add_subcommand("export", "誰簽了哪一版 / who signed which version");
  take->add_option("form", *form)->required();
  take->add_option("--csv", *csv);
  take->add_option("--pdf", *pdf);
  take->callback([&run, form, csv, pdf] {
    if (!pdf->empty())
      return run.write_output(*pdf, service::agreement_register_pdf(run.context(), *form));
    if (!csv->empty())
      return run.write_output(*csv, service::agreement_register_csv(run.context(), *form));
    run.answer(service::agreement_register(run.context(), *form), [](const Json& a) {
      fmt::print("{} {}  應簽 required {}，已簽 signed {}\n", text_of(a["title"]),
                 text_of(a["version"]), a["required"].get<int>(), a["signed"].get<int>());
      std::vector<std::vector<std::string>> rows;
      for (const auto& r : a["rows"]) {
        rows.push_back({text_of(r["account"]), text_of(r["name"]), text_of(r["unit"]),
                        text_of(r["version"]), text_of(r["number"]), text_of(r["at"]),
                        text_of(r["medium"])});
      }
      print_table(rows);
    });
  });
}

}  // namespace

void add_record_commands(CLI::App& app, Run& run) {
  auto* record = app.add_subcommand("record", "紀錄 / records")->require_subcommand(1);
  add_create(*record, run);
  auto id = std::make_shared<std::string>();
  auto* show = record->add_subcommand("show", "開啟一筆紀錄 / open a record");
  show->add_option("id", *id)->required();
  show->callback([&run, id] {
    const auto answer = service::show_record(run.context(), *id);
    run.answer(answer, print_record);
    if (answer["state"] == "destroyed") run.exit_with(kGone);
  });
  auto principal = std::make_shared<std::string>();
  auto* sign = record->add_subcommand("sign", "依序簽署 / sign, in the order of the form");
  sign->add_option("id", *id)->required();
  sign->add_option("--on-behalf-of", *principal);
  auto save_pdf = std::make_shared<std::string>();
  sign->add_option("--save-pdf", *save_pdf, kSavePdf);
  sign->callback([&run, id, principal, save_pdf] {
    if (run.remote()) {
      require_local(*principal, "--on-behalf-of");
      return run.answer(
          Remote(run).sign({{"records", *id, "sign"}, {}, "", {{"type", "record"}}, *save_pdf}),
          print_signed);
    }
    run.answer(service::sign_record(run.context(), *id, *principal), print_record_receipt);
  });
  add_attach(*record, run);
  add_record_export(*record, run);
  add_register(app, run);
}

}  // namespace vermilion::cli
