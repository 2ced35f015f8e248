// person authorise, extend, reopen, move, leave, close, disable-idle; role holders
#include "service/lifecycle.h"

#include <CLI/CLI.hpp>

#include "cli/run.h"

namespace vermilion::cli {
namespace {

void print_holders(const Json& list) {
  std::vector<std::vector<std::string>> rows = {
      {"帳號", "姓名", "所屬單位", "職稱", "任該職的單位", "起", "迄"}};
  for (const auto& holder : list) {
    rows.push_back({text_of(holder["account"]), text_of(holder["name"]), text_of(holder["of"]),
                    text_of(holder["title"]), text_of(holder["unit"]), text_of(holder["from"]),
                    holder["to"].is_null() ? "" : text_of(holder["to"])});
  }
  print_table(rows);
}

CLI::App* account_command(CLI::App& person, const char* name, const char* help,
                          std::string& account) {
  auto* command = person.add_subcommand(name, help);
  command->add_option("account", account)->required();
  command->fallthrough();
  return command;
}

void add_opening(CLI::App& person, Run& run) {
  auto o = std::make_shared<std::pair<std::string, std::string>>();
  account_command(person, "authorise",
                  "核准帳號，核准前不得使用 / sign for an account; nobody may use it before",
                  o->first)
      ->callback([&run, o] {
        run.answer(service::authorise_person(run.context(), o->first), print_members);
      });
  account_command(person, "reopen", "恢復停用的帳號 / open a disabled account again", o->first)
      ->callback([&run, o] {
        run.answer(service::reopen_person(run.context(), o->first), print_members);
      });
  auto* extend = account_command(person, "extend", "變更最後可用日 / another last day", o->first);
  extend->add_option("--until", o->second, "最後可用日 / last day")->required();
  extend->callback([&run, o] {
    run.answer(service::extend_person(run.context(), o->first, o->second), print_members);
  });
}

void add_moving(CLI::App& person, Run& run) {
  auto o = std::make_shared<service::MoveRequest>();
  auto* move = account_command(
      person, "move", "職務異動：原單位的角色終止 / roles held for the old unit end", o->account);
  move->add_option("--unit", o->unit, "新單位 / new unit")->required();
  move->add_option("--title", o->title, "新職稱 / new title")->required();
  move->add_option("--from", o->from, "自何日起，省略為今天 / from this day");
  move->callback([&run, o] { run.answer(service::move_person(run.context(), *o), print_members); });
  auto* leave = account_command(person, "leave", "離職通報 / tell of a leaver", o->account);
  leave->add_option("--last-day", o->from, "最後在職日，省略為今天 / last day, today if left out");
  leave->callback([&run, o] {
    run.answer(service::leave_person(run.context(), o->account, o->from), print_members);
  });
  account_command(person, "close", "離職帳號撤銷核章 / sign that a leaver's accounts are revoked",
                  o->account)
      ->callback([&run, o] {
        run.answer(service::close_person(run.context(), o->account), print_members);
      });
}

void add_idle(CLI::App& person, Run& run) {
  auto* idle = person.add_subcommand(
      "disable-idle", "停用久未登入的帳號 / disable accounts nobody signed in to for long");
  idle->fallthrough();
  idle->callback([&run] { run.answer(service::disable_idle(run.context()), print_members); });
}

void add_holders(CLI::App& role, Run& run) {
  auto o = std::make_shared<std::pair<std::string, std::string>>();
  auto* holders =
      role.add_subcommand("holders", "誰任該職務（--at 指定日期） / who held a role, on --at");
  holders->add_option("role", o->first)->required();
  holders->add_option("--unit", o->second, "單位 / unit");
  holders->fallthrough();
  holders->callback([&run, o] {
    run.answer(service::role_holders(run.context(), o->first, o->second), print_holders);
  });
}

}  // namespace

void add_lifecycle_commands(CLI::App& app, Run& run) {
  auto& person = *app.get_subcommand("person");
  add_opening(person, run);
  add_moving(person, run);
  add_idle(person, run);
  add_holders(*app.get_subcommand("role"), run);
}

}  // namespace vermilion::cli
