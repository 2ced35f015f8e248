// log list, report, review, verify, proof, witness, archive
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/run.h"
#include "service/auditing.h"
#include "service/log_archive.h"
#include "service/log_review.h"
#include "service/sheets.h"

namespace vermilion::cli {
namespace {

constexpr int kUnavailable = 7;

void print_rows(const Json& rows) {
  std::vector<std::vector<std::string>> table;
  for (const auto& row : rows) {
    table.push_back({std::to_string(row["index"].get<std::uint64_t>()),
                     row["at"].get<std::string>(), row["kind"].get<std::string>(),
                     row["actor"].get<std::string>(), row["subject"].get<std::string>(),
                     row["outcome"].get<std::string>()});
  }
  print_table(table);
}

// The notice stands beside the answer, whose shape others rely on.
void list_entries(Run& run, const service::LogRequest& request) {
  const auto list = service::list_log(run.context(), request);
  run.answer(list.rows, print_rows);
  if (!list.cut) return;
  fmt::print(
      stderr,
      "只列最新的 {0} 筆；更早的請以 --to、--from 或 --limit 查詢\n"
      "only the newest {0} entries are listed; ask for older ones with --to, --from or --limit\n",
      list.rows.size());
}

void print_subject(const Json& subject) {
  fmt::print("\n({}) {}　{}　{} 筆\n", subject["number"].get<int>(), text_of(subject["zh"]),
             text_of(subject["clause"]), subject["count"].get<std::size_t>());
  fmt::print("    {}\n", text_of(subject["en"]));
  for (const auto& fact : subject["facts"])
    fmt::print("  * {}  {}\n", text_of(fact["zh"]), text_of(fact["en"]));
  print_rows(subject["entries"]);
  if (subject["cut"].get<bool>())
    fmt::print("  … 只列最新的 {0} 筆 only the newest {0} are listed\n", subject["entries"].size());
}

void print_report(const Json& report) {
  fmt::print("系統稽核紀錄 System audit record　{} – {}　{} 筆 entries\n", text_of(report["from"]),
             text_of(report["to"]), report["entries"].get<std::size_t>());
  for (const auto& subject : report["subjects"]) print_subject(subject);
}

void add_report(CLI::App& log, Run& run) {
  auto request = std::make_shared<service::ReportRequest>();
  auto* report = log.add_subcommand(
      "report", "系統稽核紀錄八項 / the eight subjects of a system audit record");
  report->add_option("--from", request->from, "起日 / first day")->required();
  report->add_option("--to", request->to, "迄日 / last day")->required();
  report->add_option("--limit", request->limit, "每項最多列幾筆 / entries listed of each subject");
  auto pdf = std::make_shared<std::string>();
  report->add_option("--pdf", *pdf);
  report->callback([&run, request, pdf] {
    if (!pdf->empty())
      return run.write_output(*pdf, service::log_report_pdf(run.context(), *request));
    run.answer(service::log_report(run.context(), *request), print_report);
  });
}

void print_witness(const Json& answer) {
  fmt::print("{}  查核點 checkpoint　{}　{} 筆 entries\n", answer["ok"].get<bool>() ? "✓" : "✗",
             text_of(answer["day"]), answer["size"].get<std::uint64_t>());
  for (const auto& copy : answer["copies"])
    fmt::print("  {}  {}  {}\n", copy["ok"].get<bool>() ? "✓" : "✗", text_of(copy["to"]),
               text_of(copy["code"]));
}

void add_witness(CLI::App& log, Run& run, const service::Outside& outside) {
  log.add_subcommand("witness",
                     "查核點存證：提交、備份、送見證者 / commit, copy and witness the checkpoint")
      ->callback([&run, outside] {
        const auto answer = service::witness_log(run.context(), outside);
        run.answer(answer, print_witness);
        if (!answer["ok"].get<bool>()) run.exit_with(kUnavailable);
      });
}

void print_archived(const Json& a) {
  fmt::print(
      "✓ {} 日誌第 {}–{} 筆，共 {} 筆 entries\n  歸檔於 archived to {}\n  讀回相符 read back and "
      "verified；紀錄 record {}\n  {}\n",
      text_of(a["half"]), a["first"].dump(), a["last"].dump(), a["entries"].dump(),
      text_of(a["archived_to"]), text_of(a["record"]["number"]), text_of(a["purge_note"]));
}

void add_archive(CLI::App& log, Run& run) {
  auto request = std::make_shared<service::LogArchiveRequest>();
  auto target = std::make_shared<std::string>();
  auto* archive = log.add_subcommand("archive",
                                     "半年作業紀錄備份，讀回查驗並立紀錄 / archive a half-year's "
                                     "log, read it back, file the record");
  archive->add_option("--half", request->half, "民國年-1 或 -2 / ROC year-1 or -2: 115-1")
      ->required();
  archive->add_option("target", *target, "目的地資料夾 / folder elsewhere")->required();
  archive->callback([&run, request, target] {
    request->target = *target;
    run.answer(service::archive_log(run.context(), *request), print_archived);
  });
}

void print_reviewed(const Json& a) {
  fmt::print("✓ {} – {}　{} 筆 entries；檢視 {}/{} 日 days checked；紀錄 record {}\n  {}\n",
             text_of(a["from"]), text_of(a["to"]), a["entries"].dump(), a["days_checked"].dump(),
             a["days"].dump(), text_of(a["record"]["number"]), text_of(a["entries_digest"]));
}

void add_review(CLI::App& log, Run& run) {
  auto request = std::make_shared<service::LogReviewRequest>();
  auto report = std::make_shared<std::string>();
  auto* review = log.add_subcommand(
      "review", "檢視一日或一段期間的日誌並簽署 / review a day's or a period's log, and sign it");
  review->add_option("--from", request->from, "起日 / first day")->required();
  review->add_option("--to", request->to, "迄日 / last day")->required();
  review->add_option("--findings", request->findings, "檢視結果 / what was found")->required();
  review->add_flag("--serious", request->serious, "情節重大 / serious");
  review->add_flag("--notified-ethics", request->notified_ethics,
                   "已通知政風單位 / the ethics office was told");
  review->add_option("--report", *report, "另存報表全文的檔案 / file to keep the report in");
  review->callback([&run, request, report] {
    const auto done = service::review_log(run.context(), *request);
    if (!report->empty()) run.write_output(*report, done.report);
    run.answer(done.answer, print_reviewed);
  });
}

// One of two proofs: of an entry, or of growth.
void add_proof(CLI::App& log, Run& run) {
  auto index = std::make_shared<std::optional<std::uint64_t>>();
  auto from = std::make_shared<std::optional<std::uint64_t>>();
  auto* proof = log.add_subcommand(
      "proof", "某筆存在、或日誌只增不改的證明 / proof of an entry, or that the log only grew");
  auto* of_entry = proof->add_option("index", *index, "序號 / index of the entry");
  auto* of_growth =
      proof->add_option("--from", *from, "舊查核點的筆數 / size of an older checkpoint");
  of_growth->excludes(of_entry);
  proof->callback([&run, index, from] {
    if (!*index && !*from) throw CLI::RequiredError("index | --from");
    run.answer(*index ? service::prove_log(run.context(), **index)
                      : service::prove_log_growth(run.context(), **from),
               [](const Json& p) { fmt::print("{}\n", p.dump(2)); });
  });
}

}  // namespace

void add_log_commands(CLI::App& app, Run& run, const service::Outside& outside) {
  auto* log = app.add_subcommand("log", "稽核日誌 / audit log");
  log->require_subcommand(1);
  log->fallthrough();
  auto request = std::make_shared<service::LogRequest>();
  auto* list = log->add_subcommand("list", "列出日誌 / list entries");
  list->add_option("--from", request->from, "起日 / first day");
  list->add_option("--to", request->to, "迄日 / last day");
  list->add_option("--actor", request->actor);
  list->add_option("--kind", request->kind);
  list->add_option("--subject", request->subject, "對象的開頭 / beginning of the subject");
  list->add_option("--limit", request->limit);
  list->callback([&run, request] { list_entries(run, *request); });
  add_report(*log, run);
  add_review(*log, run);
  add_archive(*log, run);
  log->add_subcommand("verify", "重算雜湊樹 / recompute the tree")->callback([&run] {
    const auto result = service::verify_log(run.context());
    run.answer(result, [](const Json& r) {
      fmt::print("{}  {} 筆 entries\n{}\n", r["ok"].get<bool>() ? "✓" : "✗",
                 r["size"].get<std::uint64_t>(), r["problems"].dump(2));
    });
    if (!result["ok"].get<bool>()) run.exit_with(1);
  });
  add_proof(*log, run);
  add_witness(*log, run, outside);
  for (auto* command : log->get_subcommands({})) command->fallthrough();
}

}  // namespace vermilion::cli
