// document create, import, draft, diff, list, show, history, export
#include "service/documents.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "base/error.h"
#include "base/text.h"
#include "cli/run.h"
#include "service/renewal.h"

namespace vermilion::cli {
namespace {

void print_draft_receipt(const Json& a) {
  fmt::print("{} {}  日誌 log {}\n", text_of(a["id"]), text_of(a["version"]),
             a["log_index"].get<std::uint64_t>());
  print_unresolved(a);
  for (const auto& note : a.value("notes", Json::array()))
    fmt::print("  {}\n", text_of(note["zh"]));
}

void print_import(const Json& a) {
  fmt::print("已匯入 imported：{} {}《{}》 {} 生效 effective {}\n", text_of(a["id"]),
             text_of(a["version"]), text_of(a["title"]), text_of(a["approval_number"]),
             text_of(a["effective"]));
  for (const auto& note : a["notes"])
    fmt::print("  第 {} 行：{}\n", note["line"].get<int>(), text_of(note["zh"]));
}

void print_documents(const Json& list) {
  std::vector<std::vector<std::string>> rows = {{"編號", "版次", "狀態", "分級", "生效日", "標題"}};
  for (const auto& d : list) {
    rows.push_back({text_of(d["id"]), text_of(d["version"]), text_of(d["state"]),
                    text_of(d["classification"]), text_of(d["effective"]), text_of(d["title"])});
  }
  print_table(rows);
}

void print_signature(const Json& s) {
  const auto principal = text_of(s["on_behalf_of"]);
  fmt::print("      {}  {} {} {}（{}）{}  {}\n", text_of(s["meaning"]), text_of(s["unit"]),
             text_of(s["title"]), text_of(s["signer"]), text_of(s["account"]),
             principal.empty() ? "" : " 代 " + principal, text_of(s["at"]));
}

void print_document(const Json& d) {
  fmt::print("{}《{}》 {}\n現行版次 in force（{}）：{}\n", text_of(d["id"]), text_of(d["title"]),
             text_of(d["classification"]), text_of(d["as_of"]),
             d["in_force"].is_string() ? text_of(d["in_force"]) : "無 none");
  for (const auto& v : d["versions"]) {
    fmt::print("  {}  {}  {}  {}{}\n", text_of(v["version"]), text_of(v["state_label"]),
               text_of(v["effective"]), text_of(v["summary"]),
               v.value("imported", false) ? "（匯入 imported）" : "");
    for (const auto& s : v["signatures"]) print_signature(s);
  }
  if (d.contains("text")) std::cout << "\n" << text_of(d["text"]);
}

void print_history(const Json& h) {
  fmt::print("{}《{}》\n", text_of(h["id"]), text_of(h["title"]));
  for (const auto& e : h["events"]) {
    fmt::print("  {}  {}  {}  {} {}  日誌 log {}\n", text_of(e["at"]), text_of(e["version"]),
               text_of(e["meaning"]), text_of(e["signer"]), text_of(e["account"]),
               e.value("log_index", std::uint64_t(0)));
  }
}

// Long unchanged stretches are cut in the middle: what changed is the point.
std::string shortened(const std::string& text) {
  constexpr std::size_t edge = 16;
  const auto points = code_points(text);
  if (points.size() <= 2 * edge + 1) return text;
  return utf8(points.substr(0, edge)) + "…" + utf8(points.substr(points.size() - edge));
}

// A part begins its line outside of its mark.
void print_part(const Json& part, bool colour) {
  const auto kind = text_of(part["kind"]);
  auto text = text_of(part["text"]);
  if (text.starts_with("\n")) {
    fmt::print("\n  ");
    text.erase(0, 1);
  }
  const char* plain = colour ? "\033[0m" : "";
  if (kind == "kept")
    fmt::print("{}",
               part.value("whole", false) ? "（其餘未修正 rest unchanged）" : shortened(text));
  if (kind == "removed") fmt::print("{}[-{}-]{}", colour ? "\033[31m" : "", text, plain);
  if (kind == "added") fmt::print("{}{{+{}+}}{}", colour ? "\033[32m" : "", text, plain);
}

void print_diff(const Json& d) {
  const bool colour = ::isatty(STDOUT_FILENO) != 0;
  fmt::print("{}  {} → {}：{} 處變更 changes\n", text_of(d["id"]),
             d["from"].is_string() ? text_of(d["from"]) : "（無）", text_of(d["to"]),
             d["changes"].size() + d["files"].size());
  for (const auto& change : d["changes"]) {
    fmt::print("\n{}  {}\n  ", text_of(change["clause"]), text_of(change["kind"]));
    for (const auto& part : change["parts"]) print_part(part, colour);
    fmt::print("\n");
  }
  static const std::map<std::string, std::string> kinds = {
      {"added", "新增 added"}, {"changed", "已變更 changed"}, {"removed", "移除 removed"}};
  for (const auto& file : d["files"])
    fmt::print("\nfiles/{}  {}\n", text_of(file["name"]), kinds.at(text_of(file["kind"])));
}

// "網路架構.png=/tmp/a.png"; without "=" the file keeps its own name.
void add_files(Run& run, const std::vector<std::string>& given,
               const std::vector<std::string>& removed, service::DraftRequest& draft) {
  for (const auto& one : given) {
    const auto equals = one.find('=');
    const auto path = one.substr(equals == one.npos ? 0 : equals + 1);
    const auto name = equals == one.npos ? path.substr(path.rfind('/') + 1) : one.substr(0, equals);
    draft.files[name] = run.read_input(path);
  }
  for (const auto& name : removed) draft.files[name] = std::nullopt;
}

void add_writing(CLI::App& document, Run& run) {
  auto fresh = std::make_shared<service::NewDocument>();
  auto file = std::make_shared<std::string>();
  auto* create =
      document.add_subcommand("create", "由 Markdown 建立新文件 / begin a document from Markdown");
  create->add_option("file", *file, "Markdown（- 表示標準輸入）")->required();
  create->add_option("--id", fresh->id, "文件編號 / number");
  create->add_option("--version", fresh->version, "版次 / version");
  create->add_option("--summary", fresh->summary, "修訂摘要 / what changed");
  create->callback([&run, fresh, file] {
    fresh->source = run.read_input(*file);
    run.answer(service::create_document(run.context(), *fresh), print_draft_receipt);
  });

  auto draft = std::make_shared<service::DraftRequest>();
  auto draft_file = std::make_shared<std::string>();
  auto* save = document.add_subcommand("draft", "起草或儲存修訂 / begin or save a revision");
  save->add_option("id", draft->id)->required();
  save->add_option("file", *draft_file,
                   "Markdown；省略則以現行版開始 / omit to begin from the newest version");
  save->add_option("--version", draft->version, "版次 / version");
  save->add_option("--summary", draft->summary, "修訂摘要 / what changed");
  auto files = std::make_shared<std::vector<std::string>>();
  auto removed = std::make_shared<std::vector<std::string>>();
  save->add_option("--file", *files, "加入或更換圖檔 / add or replace a picture: NAME=PATH");
  save->add_option("--remove", *removed, "移除圖檔 / take a picture away: NAME");
  save->callback([&run, draft, draft_file, files, removed] {
    if (!draft_file->empty()) draft->source = run.read_input(*draft_file);
    add_files(run, *files, *removed, *draft);
    run.answer(service::draft_document(run.context(), *draft), print_draft_receipt);
  });
}

void add_import(CLI::App& document, Run& run) {
  auto request = std::make_shared<service::ImportRequest>();
  auto file = std::make_shared<std::string>();
  auto* import = document.add_subcommand(
      "import", "匯入既有核定的文件 / import a document approved elsewhere");
  import->add_option("file", *file, "文字檔或 .md / text file or .md")->required();
  import->add_option("--id", request->id)->required();
  import->add_option("--title", request->title);
  import->add_option("--version", request->version);
  import->add_option("--classification", request->classification);
  import->add_option("--owner-unit", request->owner_unit);
  import->add_option("--countersign", request->countersign, "會簽單位 / units that countersign");
  import->add_option("--effective", request->effective, "生效日 / effective date");
  import->callback([&run, request, file] {
    request->source = run.read_input(*file);
  request->markdown = file->ends_with(".md");
  run.answer(service::import_document(run.context(), *request), print_import);
});
}  // namespace

struct ReadOptions {
  std::string id, version, from, to, pdf;
  bool text = false;
};

void add_reading(CLI::App& document, Run& run) {
  auto o = std::make_shared<ReadOptions>();
  document.add_subcommand("list", "可讀的文件 / documents you may read")->callback([&run] {
    run.answer(service::list_documents(run.context()), print_documents);
  });
  auto* show =
      document.add_subcommand("show", "一份文件與其簽署 / one document and its signatures");
  show->add_option("id", o->id)->required();
  show->add_option("--version", o->version);
  show->add_flag("--text", o->text, "連同內文 / with its text");
  show->callback([&run, o] {
    run.answer(
        service::show_document(run.context(), o->id, o->version, o->text || !o->version.empty()),
        print_document);
  });
  auto* history = document.add_subcommand("history", "所有事件 / every event");
  history->add_option("id", o->id)->required();
  history->callback(
      [&run, o] { run.answer(service::document_history(run.context(), o->id), print_history); });
  auto* diff = document.add_subcommand("diff", "逐條比對 / what changed, clause by clause");
  diff->add_option("id", o->id)->required();
  diff->add_option("--from,from", o->from, "舊版 / older version");
  diff->add_option("--to,to", o->to, "新版 / newer version");
  diff->add_option("--pdf", o->pdf, "修訂對照表，PDF / a sheet of both side by side");
  diff->callback([&run, o] {
    if (!o->pdf.empty())
      run.write_output(o->pdf, service::export_diff_pdf(run.context(), o->id, o->from, o->to).pdf);
    run.answer(service::diff_document(run.context(), o->id, o->from, o->to), print_diff);
  });
}

struct DocumentExport {
  std::string id, version, pdf, approvals, review, markdown;
  std::string password_file;
  bool original = false, marked = false;
};

service::PdfExport pdf_wanted(Run& run, const DocumentExport& o) {
  const auto mark = o.original ? service::StateMark::none
                    : o.marked ? service::StateMark::always
                               : service::StateMark::when_void;
  service::PdfExport wanted{o.id, o.version, mark};
  if (!o.password_file.empty()) wanted.password = run.read_secret(o.password_file);
  return wanted;
}

void export_all(Run& run, const DocumentExport& o) {
  Json answer = {{"id", o.id}, {"files", Json::array()}};
  const auto write = [&](const std::string& path, std::string_view bytes) {
    run.write_output(path, bytes);
    answer["files"].push_back(path);
  };
  if (!o.pdf.empty()) {
    const auto exported = service::export_pdf(run.context(), pdf_wanted(run, o));
    answer["version"] = exported.version;
    answer["state"] = exported.state;
    write(o.pdf, exported.pdf);
  }
  if (!o.markdown.empty()) {
    write(o.markdown,
          text_of(service::show_document(run.context(), o.id, o.version, true)["text"]));
  }
  if (!o.review.empty())
    write(o.review, service::export_review_pdf(run.context(), o.id, o.version).pdf);
  if (!o.approvals.empty()) {
    run.disk().make_directories(o.approvals);
    for (const auto& [name, bytes] : service::export_approvals(run.context(), o.id, o.version)) {
      write(o.approvals + "/" + name, bytes);
    }
  }
  if (o.pdf == "-" || o.review == "-" || o.markdown == "-") return;
  run.answer(answer, [](const Json& a) {
    for (const auto& path : a["files"]) fmt::print("{}\n", text_of(path));
  });
}

void print_renewals(const Json& answer) {
  for (const auto& one : answer["renewed"])
    fmt::print("✓ {} {}  可驗證至 can be checked until {}\n", text_of(one["id"]),
               text_of(one["version"]), text_of(one["until"]));
  for (const auto& one : answer["waiting"])
    fmt::print(
        "… {} {}  至 until {}：等候時戳機關換新憑證 waits for a newer certificate of the "
        "authority\n",
        text_of(one["id"]), text_of(one["version"]), text_of(one["until"]));
  for (const auto& one : answer["expired"])
    fmt::print("✗ {} {}  已於 {} 到期，不能續期 expired, too late to renew\n", text_of(one["id"]),
               text_of(one["version"]), text_of(one["until"]));
  if (answer["failed"].is_string())
    fmt::print("✗ 未全部完成 not all done  [{}]\n", text_of(answer["failed"]));
  else if (answer["renewed"].empty() && answer["waiting"].empty())
    fmt::print("沒有需要續期的 nothing is due\n");
}

void add_document_renew(CLI::App& document, Run& run) {
  auto* renew = document.add_subcommand(
      "renew",
      "即將到期的加封 PDF 加蓋文件時戳 / stamp sealed PDFs whose proof is about to expire");
  renew->callback([&run] {
    const auto answer = service::renew_seals(run.context());
    run.answer(answer, print_renewals);
    if (answer["failed"].is_string()) run.exit_with(7);
  });
}

void add_document_export(CLI::App& document, Run& run) {
  auto o = std::make_shared<DocumentExport>();
  auto* command =
      document.add_subcommand("export", "帶走 PDF 或簽署 / take away the PDF or the signatures");
  command->add_option("id", o->id)->required();
  command->add_option("--version", o->version, "省略則為現行版 / omit for the version in force");
  auto* what = command->add_option_group("what");
  what->add_option("--pdf", o->pdf, "寫出存放的 PDF / write the stored PDF");
  what->add_option("--approvals", o->approvals,
                   "把聲明、簽章與驗證方法寫到資料夾 / statements, signatures, recipe");
  what->add_option("--review", o->review, "寫出送審本 / write the review rendition");
  what->add_option("--markdown", o->markdown, "寫出內文，供修訂 / write the text, to revise it");
  what->require_option(1, 4);
  command->add_flag("--original", o->original,
                    "舊版不加作廢標記 / no mark on a superseded version");
  command
      ->add_flag(
          "--marked", o->marked,
          "副本，每頁註明今日現行與否 / a copy that says on each page whether it is in force today")
      ->excludes("--original");
  command
      ->add_option("--password-file", o->password_file,
                   "副本，以檔案中的密碼加密（AES-256），沒有機關印章 / a copy that the password "
                   "in this file "
                   "opens; it has no seal")
      ->needs("--pdf");
  command->callback([&run, o] { export_all(run, *o); });
}

}  // namespace vermilion::cli

void add_document_commands(CLI::App& app, Run& run) {
  auto* document = app.add_subcommand("document", "文件 / controlled documents");
  document->require_subcommand(1);
  document->fallthrough();
  add_writing(*document, run);
  add_import(*document, run);
  add_reading(*document, run);
  add_document_export(*document, run);
  add_document_renew(*document, run);
  add_round_commands(*document, run);
  for (auto* command : document->get_subcommands({})) command->fallthrough();
}

}  // namespace vermilion::cli
