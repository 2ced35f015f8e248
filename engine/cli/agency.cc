// person link|unlink|links, login break-glass
#include "service/agency.h"

#include <CLI/CLI.hpp>

#include "cli/run.h"
#include "service/local_login.h"

namespace vermilion::cli {
namespace {

struct LinkOptions {
  std::string account, oidc, directory, way;
};

void print_links(const Json& list) {
  std::vector<std::vector<std::string>> rows = {
      {"帳號 account", "方式 way", "自 from", "連結者 linked by"}};
  for (const auto& link : list) {
    rows.push_back({text_of(link["account"]), text_of(link["way"]), text_of(link["from"]),
                    text_of(link["linked_by"])});
  }
  print_table(rows);
}

Json link(Run& run, const LinkOptions& o) {
  const bool oidc = !o.oidc.empty();
  return service::link_account(run.context(), o.account, oidc ? "oidc" : "directory",
                               oidc ? o.oidc : o.directory);
}

void add_links(CLI::App& person, Run& run) {
  const auto o = std::make_shared<LinkOptions>();
  auto* add = person.add_subcommand(
      "link", "把帳號連結到機關帳號 / let an agency account sign in as this account");
  add->add_option("account", o->account)->required();
  auto* who = add->add_option_group("who");
  who->add_option("--oidc", o->oidc, "登入服務給的 sub / the 'sub' of the sign-in service");
  who->add_option("--directory", o->directory, "目錄中的完整 DN / the whole DN in the directory");
  who->require_option(1);
  add->callback([&run, o] { run.answer(link(run, *o), print_members); });
  auto* end = person.add_subcommand("unlink", "解除連結 / end such a link");
  end->add_option("account", o->account)->required();
  end->add_option("way", o->way, "oidc, directory")->required();
  end->callback([&run, o] {
    run.answer(service::unlink_account(run.context(), o->account, o->way), print_members);
  });
  person.add_subcommand("links", "所有連結 / all links")->callback([&run] {
    run.answer(service::list_links(run.context()), print_links);
  });
  for (auto* command : person.get_subcommands({})) command->fallthrough();
}

}  // namespace

void add_agency_commands(CLI::App& app, Run& run) {
  add_links(*app.get_subcommand("person"), run);
  auto* login = app.add_subcommand("login", "登入方式 / ways to sign in");
  login->require_subcommand(1);
  login->fallthrough();
  const auto account = std::make_shared<std::string>();
  auto* broken = login->add_subcommand("break-glass",
                                       "本機登入已關閉時，為一個帳號開啟 30 分鐘 / open local "
                                       "sign-in for one account for 30 minutes");
  broken->add_option("account", *account)->required();
  broken->fallthrough();
  broken->callback([&run, account] {
    run.answer(service::break_glass(run.context(), *account), print_members);
  });
}

}  // namespace vermilion::cli
