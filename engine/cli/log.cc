// log list, verify, proof
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/run.h"
#include "service/auditing.h"

namespace vermilion::cli {
namespace {

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

}  // namespace

void add_log_commands(CLI::App& app, Run& run) {
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
  list->callback(
      [&run, request] { run.answer(service::list_log(run.context(), *request), print_rows); });
  log->add_subcommand("verify", "重算雜湊樹 / recompute the tree")->callback([&run] {
    const auto result = service::verify_log(run.context());
    run.answer(result, [](const Json& r) {
      fmt::print("{}  {} 筆 entries\n{}\n", r["ok"].get<bool>() ? "✓" : "✗",
                 r["size"].get<std::uint64_t>(), r["problems"].dump(2));
    });
    if (!result["ok"].get<bool>()) run.exit_with(1);
  });
  auto index = std::make_shared<std::uint64_t>(0);
  auto* proof =
      log->add_subcommand("proof", "某筆日誌的存在證明 / proof that an entry is in the log");
  proof->add_option("index", *index)->required();
  proof->callback([&run, index] {
    run.answer(service::prove_log(run.context(), *index),
               [](const Json& p) { fmt::print("{}\n", p.dump(2)); });
  });
  for (auto* command : log->get_subcommands({})) command->fallthrough();
}

}  // namespace vermilion::cli
