// retention due | explain | rules; hold place | release | list; disposal propose | approve | withdraw | execute | list | show
#include "service/retention.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/remote.h"
#include "cli/run.h"

namespace vermilion::cli {
namespace {

void print_due(const Json& list) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& r : list) {
    rows.push_back({text_of(r["due"]), text_of(r["number"]), text_of(r["form_title"]),
                    r["held"].get<bool>() ? "保全中" : "", text_of(r["because"])});
  }
  print_table(rows);
}

void print_explanation(const Json& a) {
  fmt::print("{}  {}\n{}\n{}\n", text_of(a["number"]), text_of(a["form_title"]),
             text_of(a["because"]), text_of(a["because_en"]));
  for (const auto& hold : a["holds"])
    fmt::print("保全 held by {}：{} {}\n", text_of(hold["id"]), text_of(hold["ground"]),
               text_of(hold["reason"]));
  if (a["obstacle"].is_object())
    fmt::print("不得銷毀 may not be destroyed：{}\n", text_of(a["obstacle"]["zh"]));
}

void print_rules(const Json& list) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& r : list) {
    rows.push_back({text_of(r["id"]), text_of(r["zh"]),
                    r["years"].is_null() ? "永久" : r["years"].dump() + " 年",
                    text_of(r["trigger_label"]), text_of(r["basis"])});
  }
  print_table(rows);
}

void print_holds(const Json& list) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& h : list) {
    rows.push_back({text_of(h["id"]), h["released"].is_null() ? "保全中" : "已解除",
                    text_of(h["ground"]), text_of(h["requester"]), text_of(h["reason"])});
  }
  print_table(rows);
}

void print_disposal(const Json& a) {
  fmt::print("{}  {}  {}\n", text_of(a["id"]), text_of(a["stage_label"]), text_of(a["method"]));
  for (const auto& r : a["records"])
    fmt::print("  {}  {}  {}\n", text_of(r["number"]), text_of(r["due"]), text_of(r["because"]));
  for (const auto& s : a["signatures"])
    fmt::print("  {}  {}  {}\n", text_of(s["meaning"]), text_of(s["signer"]), text_of(s["at"]));
}

void print_disposal_step(const Json& a) {
  fmt::print("{}  {}  日誌 log {}\n", text_of(a["id"]), text_of(a["stage"]),
             a["log_index"].get<std::uint64_t>());
  if (a.contains("certificate")) fmt::print("{}\n", text_of(a["certificate"]["text"]));
}

void add_retention(CLI::App& app, Run& run) {
  auto* retention = app.add_subcommand("retention", "保存年限 / retention")->require_subcommand(1);
  retention->add_subcommand("due", "已屆滿的紀錄 / records that are due")->callback([&run] {
    run.answer(service::retention_due(run.context()), print_due);
  });
  retention->add_subcommand("rules", "保存規則 / the rules")->callback([&run] {
    run.answer(service::retention_rules(run.context()), print_rules);
  });
  auto id = std::make_shared<std::string>();
  auto* explain = retention->add_subcommand("explain", "何時、為何 / when, and why");
  explain->add_option("id", *id)->required();
  explain->callback([&run, id] {
    run.answer(service::explain_retention(run.context(), *id), print_explanation);
  });
}

void add_hold(CLI::App& app, Run& run) {
  auto* hold = app.add_subcommand("hold", "保全 / holds")->require_subcommand(1);
  auto request = std::make_shared<service::HoldRequest>();
  auto* place = hold->add_subcommand("place", "保全紀錄 / place a hold");
  place->add_option("records", request->records, "編號 / ids or numbers");
  place->add_option("--form", request->form, "整個表單 / every record of a form");
  place->add_option("--from", request->from);
  place->add_option("--to", request->to);
  place->add_option("--ground", request->ground, "依據 / clause or case")->required();
  place->add_option("--reason", request->reason, "理由 / reason")->required();
  place->callback(
      [&run, request] { run.answer(service::place_hold(run.context(), *request), print_members); });
  auto id = std::make_shared<std::string>();
  auto reason = std::make_shared<std::string>();
  auto* release = hold->add_subcommand("release", "解除保全 / release a hold");
  release->add_option("id", *id)->required();
  release->add_option("--reason", *reason)->required();
  release->callback([&run, id, reason] {
    run.answer(service::release_hold(run.context(), *id, *reason), print_members);
  });
  hold->add_subcommand("list", "所有保全 / all holds")->callback([&run] {
    run.answer(service::list_holds(run.context()), print_holds);
  });
}

struct Execution {
  std::string id, witness, passphrase_file, key_file;
};

// As the page of the disposal sends it. A witness who keeps his key to himself cannot sign there.
Json execute_remotely(Run& run, const Execution& o) {
  require_local(o.key_file, "--witness-key-file");
  return Remote(run).sign({{"retention", o.id, "execute"},
                           {{"sure", "yes"},
                            {"witness", o.witness},
                            {"witness_passphrase",
                             o.passphrase_file.empty() ? "" : run.read_secret(o.passphrase_file)}},
                           "destruction",
                           {{"id", o.id}}});
}

Json propose_remotely(Run& run, const service::ProposalRequest& request) {
  if (!request.records.empty() || !request.all_due)
    require_local("records", "個別編號，只有 --due single records, only --due");
  return Remote(run).sign(
      {{"retention"}, {{"archive", request.archive ? "yes" : ""}}, "disposal-proposal", {}});
}

void execute(Run& run, const Execution& o) {
  if (run.remote()) return run.answer(execute_remotely(run, o), print_signed);
  identity::Credentials credentials;
  credentials.account = o.witness;
  if (!o.passphrase_file.empty()) credentials.passphrase = run.read_secret(o.passphrase_file);
  if (!o.key_file.empty()) credentials.key_file = run.read_input(o.key_file);
  run.answer(service::execute_disposal(run.context(), o.id, credentials), print_disposal_step);
}

void add_disposal_steps(CLI::App& disposal, Run& run) {
  auto request = std::make_shared<service::ProposalRequest>();
  auto* propose = disposal.add_subcommand("propose", "銷毀擬案 / propose a batch");
  propose->add_option("records", request->records, "編號 / ids or numbers");
  propose->add_flag("--due", request->all_due, "所有屆滿未保全者 / everything due and not held");
  propose->add_flag("--archive", request->archive, "檔案，須主管機關核准文號 / archived files");
  auto* method = propose->add_option("--method", request->method, "方法 / method");
  propose->callback([&run, request, method] {
    if (run.remote()) {
      if (method->count() > 0) require_local(request->method, "--method");
      return run.answer(propose_remotely(run, *request), print_signed);
    }
    run.answer(service::propose_disposal(run.context(), *request), print_disposal_step);
  });
  auto id = std::make_shared<std::string>();
  auto number = std::make_shared<std::string>();
  auto* approve = disposal.add_subcommand("approve", "核准 / approve");
  approve->add_option("id", *id)->required();
  approve->add_option("--approval-number", *number,
                      "檔案主管機關核准文號 / of the archives authority");
  approve->callback([&run, id, number] {
    if (run.remote()) {
      return run.answer(Remote(run).sign({{"retention", *id, "approve"},
                                          {{"approval_number", *number}},
                                          "disposal-approval",
                                          {{"id", *id}}}),
                        print_signed);
    }
    run.answer(service::approve_disposal(run.context(), *id, *number), print_disposal_step);
  });
  auto reason = std::make_shared<std::string>();
  auto* withdraw =
      disposal.add_subcommand("withdraw", "執行前撤回 / take back before it is executed");
  withdraw->add_option("id", *id)->required();
  withdraw->add_option("--reason", *reason)->required();
  withdraw->callback([&run, id, reason] {
    if (run.remote()) {
      return run.answer(
          Remote(run).sign(
              {{"retention", *id, "withdraw"}, {{"reason", *reason}}, "withdrawal", {{"id", *id}}}),
          print_signed);
    }
    run.answer(service::withdraw_disposal(run.context(), *id, *reason), print_disposal_step);
  });
  auto o = std::make_shared<Execution>();
  auto* command = disposal.add_subcommand(
      "execute",
      "會同監毀人執行；中斷後再執行一次即續行 / execute with a witness; again to resume");
  command->add_option("id", o->id)->required();
  command->add_option("--witness", o->witness, "監毀人帳號 / account of the witness")->required();
  command->add_option("--witness-passphrase-file", o->passphrase_file);
  command->add_option("--witness-key-file", o->key_file);
  command->callback([&run, o] { execute(run, *o); });
}

}  // namespace

void add_retention_commands(CLI::App& app, Run& run) {
  add_retention(app, run);
  add_hold(app, run);
  auto* disposal = app.add_subcommand("disposal", "銷毀 / disposal")->require_subcommand(1);
  add_disposal_steps(*disposal, run);
  disposal->add_subcommand("list", "所有銷毀案 / all batches")->callback([&run] {
    run.answer(service::list_disposals(run.context()), [](const Json& list) {
      for (const auto& one : list) print_disposal(one);
    });
  });
  auto id = std::make_shared<std::string>();
  auto pdf = std::make_shared<std::string>();
  auto* show = disposal->add_subcommand("show", "一案與其證明 / one batch and its certificate");
  show->add_option("id", *id)->required();
  show->add_option("--pdf", *pdf, "銷毀證明 / the certificate");
  show->callback([&run, id, pdf] {
    if (!pdf->empty())
      run.write_output(*pdf, service::disposal_certificate_pdf(run.context(), *id));
    run.answer(service::show_disposal(run.context(), *id), print_disposal);
  });
}

}  // namespace vermilion::cli
