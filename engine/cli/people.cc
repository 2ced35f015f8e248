// person, role, delegation
#include "service/people.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/run.h"
#include "service/delegations.h"
#include "service/lifecycle.h"
#include "service/rights.h"
#include "service/sheets.h"

namespace vermilion::cli {
namespace {

void print_accounts(const Json& list) {
  std::vector<std::vector<std::string>> rows = {{"帳號", "姓名", "單位", "職稱", "角色"}};
  for (const auto& p : list) {
    std::string roles;
    for (const auto& role : p["roles"]) roles += (roles.empty() ? "" : " ") + text_of(role);
    rows.push_back({text_of(p["account"]), text_of(p["name"]), text_of(p["unit"]),
                    text_of(p["title"]), roles});
  }
  print_table(rows);
}

void print_matrix(const Json& matrix) {
  std::vector<std::vector<std::string>> rows = {{"類別", "權限", "說明", "角色"}};
  for (const auto& right : matrix["rights"]) {
    std::string roles;
    for (const auto& role : right["roles"]) roles += (roles.empty() ? "" : " ") + text_of(role);
    rows.push_back(
        {text_of(right["group_zh"]), text_of(right["right"]), text_of(right["zh"]), roles});
  }
  print_table(rows);
}

CLI::App* group(CLI::App& app, const char* name, const char* help) {
  auto* command = app.add_subcommand(name, help);
  command->require_subcommand(1);
  command->fallthrough();
  return command;
}

void let_fall_through(CLI::App& parent) {
  for (auto* command : parent.get_subcommands({})) command->fallthrough();
}

void add_person(CLI::App& app, Run& run) {
  auto* person = group(app, "person", "人員與帳號 / persons and accounts");
  auto o = std::make_shared<service::PersonRequest>();
  auto from = std::make_shared<std::string>();
  auto* add = person->add_subcommand("add", "新增帳號 / add an account");
  add->add_option("account", o->account)->required();
  add->add_option("--name", o->profile.name, "姓名")->required();
  add->add_option("--unit", o->profile.unit, "單位")->required();
  add->add_option("--title", o->profile.title, "職稱");
  add->add_option("--email", o->profile.email);
  add->add_option("--number", o->profile.number, "員工或廠商編號 / staff number");
  add->add_option("--expires", o->expires, "最後可用日：委外、臨時人員 / last day: vendors, temporary staff");
  add->add_option("--approval", o->approval, "共用帳號的核定文號 / of a shared account");
  add->add_option("--custodian", o->custodian, "共用帳號的保管人 / who answers for a shared account");
  add_link_options(*add, o->link_site, o->mail);
  add->callback([&run, o] { run.answer(service::add_person(run.context(), *o), print_members); });
  auto wanted = std::make_shared<service::AccountsRequest>();
  auto* list = person->add_subcommand("list", "所有帳號 / all accounts");
  list->add_option("--find", wanted->find, "帳號、姓名、單位或職稱含此字 / that hold this text");
  list->callback([&run, wanted] {
    run.answer(service::list_accounts(run.context(), *wanted)["accounts"], print_accounts);
  });
  auto* show = person->add_subcommand("show", "一個帳號 / one account");
  show->add_option("account", o->account)->required();
  show->callback(
      [&run, o] { run.answer(service::show_person(run.context(), o->account), print_members); });
  auto* disable = person->add_subcommand("disable", "停用帳號 / disable an account");
  disable->add_option("account", o->account)->required();
  disable->add_option("--from", *from, "自哪一天 / from which day");
  disable->callback([&run, o, from] {
    run.answer(service::disable_person(run.context(), o->account, *from), print_members);
  });
  let_fall_through(*person);
}

void add_role(CLI::App& app, Run& run) {
  auto* role = group(app, "role", "角色 / roles");
  auto o = std::make_shared<service::RoleRequest>();
  const auto options = [&](CLI::App* command) {
    command->add_option("account", o->account)->required();
    command->add_option("role", o->role)->required();
    command->add_option("--unit", o->unit);
    command->add_option("--from", o->from);
    command->add_option("--to", o->to);
  };
  auto* grant = role->add_subcommand("grant", "授予 / grant");
  options(grant);
  grant->callback([&run, o] { run.answer(service::grant_role(run.context(), *o), print_members); });
  auto* revoke = role->add_subcommand("revoke", "撤銷 / revoke");
  options(revoke);
  revoke->callback(
      [&run, o] { run.answer(service::revoke_role(run.context(), *o), print_members); });
  auto* show = role->add_subcommand("list", "角色與權限 / roles and their rights");
  auto matrix = std::make_shared<bool>(false);
  auto csv = std::make_shared<bool>(false);
  show->add_flag("--matrix", *matrix, "權限表：列為權限，欄為角色 / rights by roles");
  show->add_flag("--csv", *csv, "輸出 CSV / print CSV")->needs("--matrix");
  auto pdf = std::make_shared<std::string>();
  show->add_option("--pdf", *pdf, "權限表的 PDF / the table as a PDF")->needs("--matrix");
  show->callback([&run, matrix, csv, pdf] {
    if (!pdf->empty()) return run.write_output(*pdf, service::rights_matrix_pdf(run.context()));
    if (*csv) return run.write_output("-", service::rights_matrix_csv(run.context()));
    if (*matrix) return run.answer(service::rights_matrix(run.context()), print_matrix);
    run.answer(service::list_roles(run.context()), [](const Json& list) {
      std::vector<std::vector<std::string>> rows;
      for (const auto& r : list)
        rows.push_back({text_of(r["role"]), text_of(r["zh"]), r["rights"].dump()});
      print_table(rows);
    });
  });
  let_fall_through(*role);
}

void add_delegation(CLI::App& app, Run& run) {
  struct Options {
    std::string delegate, from, to, reason, id, principal;
    std::vector<std::string> rights;
  };
  auto o = std::make_shared<Options>();
  auto* delegation = group(app, "delegation", "代理 / delegations");
  auto* add = delegation->add_subcommand("add", "委託代理人 / delegate to another person");
  add->add_option("delegate", o->delegate)->required();
  add->add_option("--right", o->rights, "委託的權限 / rights, such as document.approve")
      ->required();
  add->add_option("--from", o->from);
  add->add_option("--to", o->to, "最後一天 / last day")->required();
  add->add_option("--reason", o->reason, "事由，人人可見 / why, for everybody to read");
  add->callback([&run, o] {
    run.answer(service::add_delegation(run.context(), o->delegate, o->rights, o->from, o->to,
                                       o->reason),
               print_members);
  });
  auto* list = delegation->add_subcommand("list", "所有代理 / all delegations");
  list->add_option("--principal", o->principal);
  list->callback([&run, o] {
    run.answer(service::list_delegations(run.context(), o->principal), [](const Json& all) {
      for (const auto& d : all) {
        fmt::print("{}  {} → {}  {}–{}  {}\n", text_of(d["id"]), text_of(d["principal"]),
                   text_of(d["delegate"]), text_of(d["from"]), text_of(d["to"]),
                   d["ended"].get<bool>() ? "已終止 ended" : d["rights"].dump());
      }
    });
  });
  auto* end = delegation->add_subcommand("end", "終止代理 / end a delegation");
  end->add_option("id", o->id)->required();
  end->callback(
      [&run, o] { run.answer(service::end_delegation(run.context(), o->id), print_members); });
  let_fall_through(*delegation);
}

}  // namespace

void add_people_commands(CLI::App& app, Run& run) {
  add_person(app, run);
  add_role(app, run);
  add_delegation(app, run);
}

}  // namespace vermilion::cli
