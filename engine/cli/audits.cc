// audit approve | list | end | trail | copies | copy-erased; authorisation add | list | end
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/run.h"
#include "service/audit_access.h"
#include "service/audit_copies.h"
#include "service/classified.h"

namespace vermilion::cli {
namespace {

void print_audits(const Json& list) {
  for (const auto& a : list) {
    fmt::print("{}  {}  {}–{}  核定 approved by {}{}\n  {}\n", text_of(a["id"]),
               text_of(a["auditor"]), text_of(a["from"]), text_of(a["to"]), text_of(a["approver"]),
               a["ended"].get<bool>() ? "  已終止 ended" : "", a["scope"].dump());
  }
}

void print_trail(const Json& rows) {
  std::vector<std::vector<std::string>> table;
  for (const auto& row : rows) {
    table.push_back({std::to_string(row["index"].get<std::uint64_t>()), text_of(row["at"]),
                     text_of(row["kind"]), text_of(row["subject"]), text_of(row["outcome"])});
  }
  print_table(table);
}

void print_copies(const Json& list) {
  std::vector<std::vector<std::string>> table;
  for (const auto& c : list) {
    table.push_back(
        {c["copy"].dump(), text_of(c["at"]), text_of(c["auditor"]), text_of(c["subject"]),
         text_of(c["purpose"]),
         c["erased"].is_null() ? "未消除 open" : "已消除 erased " + text_of(c["erased"]["at"])});
  }
  print_table(table);
}

void add_copies(CLI::App& audit, Run& run) {
  auto open = std::make_shared<bool>(false);
  auto* copies =
      audit.add_subcommand("copies", "稽核人員取走的複本 / copies that auditors took away");
  copies->add_flag("--open", *open, "只列未確認消除的 / only those not confirmed to be erased");
  copies->callback(
      [&run, open] { run.answer(service::list_audit_copies(run.context(), *open), print_copies); });
  auto copy = std::make_shared<std::uint64_t>(0);
  auto* erased = audit.add_subcommand("copy-erased",
                                      "確認某份複本已消除（簽署） / sign that a copy was erased");
  erased->add_option("copy", *copy, "序號，見 audit copies / its number")->required();
  erased->callback([&run, copy] {
    run.answer(service::confirm_copy_erased(run.context(), *copy), print_members);
  });
}

void print_authorisations(const Json& list) {
  for (const auto& a : list) {
    fmt::print("{}  {}  {}{}  {}  {}–{}  授權 by {}{}\n", text_of(a["id"]), text_of(a["account"]),
               a.value("document", ""), a.value("form", ""), text_of(a["purpose"]),
               text_of(a["from"]), text_of(a["to"]), text_of(a["authoriser"]),
               a["ended"].get<bool>() ? "  已終止 ended" : "");
  }
}

void add_approve(CLI::App& audit, Run& run) {
  auto o = std::make_shared<service::AuditRequest>();
  auto* approve = audit.add_subcommand(
      "approve", "核定稽核範圍與期間 / approve the scope and days of an audit");
  approve->add_option("auditor", o->auditor)->required();
  approve->add_option("--from", o->from, "起日 / first day");
  approve->add_option("--to", o->to, "迄日 / last day")->required();
  approve->add_option("--document", o->documents,
                      "文件編號，可加「#條次」 / document, perhaps with #clause");
  approve->add_option("--unit", o->units, "負責單位的所有文件 / all documents of a unit");
  approve->add_option("--form", o->forms, "這些表單的紀錄 / records of these forms");
  approve->add_option("--records-from", o->records_from, "紀錄日起 / records dated from");
  approve->add_option("--records-to", o->records_to, "紀錄日迄 / records dated to");
  approve->add_option("--log-kind", o->log_kinds, "日誌種類 / kinds of log entries");
  approve->callback(
      [&run, o] { run.answer(service::approve_audit(run.context(), *o), print_members); });
}

void add_audit(CLI::App& app, Run& run) {
  auto* audit = app.add_subcommand("audit", "稽核範圍與軌跡 / scopes of audits and their trails");
  audit->require_subcommand(1);
  add_approve(*audit, run);
  audit->add_subcommand("list", "稽核 / audits")->callback([&run] {
    run.answer(service::list_audits(run.context()), print_audits);
  });
  auto id = std::make_shared<std::string>();
  auto* end = audit->add_subcommand("end", "提前終止 / end early");
  end->add_option("id", *id)->required();
  end->callback([&run, id] { run.answer(service::end_audit(run.context(), *id), print_members); });
  auto* trail = audit->add_subcommand("trail", "稽核人員看過什麼 / what the auditor looked at");
  trail->add_option("id", *id)->required();
  trail->callback(
      [&run, id] { run.answer(service::audit_trail(run.context(), *id), print_trail); });
  add_copies(*audit, run);
  for (auto* command : audit->get_subcommands({})) command->fallthrough();
  audit->fallthrough();
}

void add_authorisation(CLI::App& app, Run& run) {
  auto* authorisation = app.add_subcommand(
      "authorisation", "調閱機密的授權 / authorisations to open what is classified");
  authorisation->require_subcommand(1);
  auto o = std::make_shared<service::OpeningRequest>();
  auto* add = authorisation->add_subcommand("add", "授權某人調閱 / authorise a person");
  add->add_option("account", o->account)->required();
  add->add_option("--document", o->document);
  add->add_option("--form", o->form);
  add->add_option("--for", o->purpose, "目的代碼 / code of the purpose")->required();
  add->add_option("--from", o->from);
  add->add_option("--to", o->to, "最後一天 / last day")->required();
  add->callback(
      [&run, o] { run.answer(service::authorise_opening(run.context(), *o), print_members); });
  authorisation->add_subcommand("list", "授權 / authorisations")->callback([&run] {
    run.answer(service::list_authorisations(run.context()), print_authorisations);
  });
  auto id = std::make_shared<std::string>();
  auto* end = authorisation->add_subcommand("end", "提前終止 / end early");
  end->add_option("id", *id)->required();
  end->callback(
      [&run, id] { run.answer(service::end_authorisation(run.context(), *id), print_members); });
  for (auto* command : authorisation->get_subcommands({})) command->fallthrough();
  authorisation->fallthrough();
}

}  // namespace

void add_audit_commands(CLI::App& app, Run& run) {
  add_audit(app, run);
  add_authorisation(app, run);
}

}  // namespace vermilion::cli
