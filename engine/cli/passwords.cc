// person password|reset-password|unlock|second-factor
#include "service/passwords.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/run.h"
#include "service/password_link.h"
#include "service/qr.h"

namespace vermilion::cli {
namespace {

struct SecretOptions {
  std::string account, password_file, new_password_file, code, secret_file;
};
using SharedSecrets = std::shared_ptr<SecretOptions>;

// Who proves himself by his login password: no signing key is needed.
service::SignIn current_of(Run& run, const SecretOptions& o) {
  if (run.globals.account.empty()) {
    throw Error(Failure::forbidden, "sign-in-needed",
                {"請以 --as 指明自己的帳號", "name your account with --as"});
  }
  return {run.globals.account, run.read_secret(o.password_file), o.code};
}

void add_current(CLI::App* command, const SharedSecrets& o, const char* code_help) {
  command->add_option("--password-file", o->password_file, "目前的登入密碼 / the current password")
      ->required();
  command->add_option("--code", o->code, code_help);
}

constexpr const char* kOwnCode =
    "驗證碼，設有第二因子者 / code of the second factor, if there is one";

void add_own_password(CLI::App& person, Run& run, const SharedSecrets& o) {
  auto* own = person.add_subcommand("password", "變更自己的登入密碼 / change one's own password");
  add_current(own, o, kOwnCode);
  own->add_option("--new-password-file", o->new_password_file, "新密碼 / the new one")->required();
  own->callback([&run, o] {
    run.answer(service::change_password(run.context(), current_of(run, *o),
                                        run.read_secret(o->new_password_file)),
               print_members);
  });
}

void add_for_others(CLI::App& person, Run& run, const SharedSecrets& o) {
  auto* reset = person.add_subcommand(
      "reset-password",
      "重設他人密碼，印出一次性臨時密碼或連結 / give a temporary password or a link, printed once");
  auto link = std::make_shared<service::LinkRequest>();
  reset->add_option("account", link->account)->required();
  add_link_options(*reset, link->site, link->mail);
  reset->callback([&run, link] {
    run.answer(link->site.empty() ? service::reset_password(run.context(), link->account)
                                  : service::give_password_link(run.context(), *link),
               print_members);
  });
  auto* unlock = person.add_subcommand("unlock", "解除登入鎖定 / lift a lock on signing in");
  unlock->add_option("account", o->account)->required();
  unlock->callback(
      [&run, o] { run.answer(service::unlock_account(run.context(), o->account), print_members); });
}

// Twice with the same file: first it is made and shown, then the device's code confirms it.
void enrol(Run& run, const SecretOptions& o) {
  const auto current = current_of(run, o);
  if (!current.code.empty()) {
    run.answer(service::enrol_second_factor(run.context(), current, run.read_secret(o.secret_file)),
               print_members);
    return;
  }
  const auto offer = service::offer_second_factor(run.context(), current.account);
  run.write_output(o.secret_file, text_of(offer["secret"]) + "\n", 0600);
  run.answer(offer, [](const Json& made) {
    fmt::print("{}\n{}\n", service::qr_text(text_of(made["uri"])), text_of(made["secret"]));
    fmt::print(
        "以驗證器掃描後，加 --code 再執行一次。 Scan it, then run this again with --code.\n");
  });
}

void add_second_factor(CLI::App& person, Run& run, const SharedSecrets& o) {
  auto* factor = person.add_subcommand("second-factor", "驗證碼（TOTP）/ one-time codes");
  factor->require_subcommand(1);
  auto* begin = factor->add_subcommand("enrol", "設定自己的驗證器 / set up one's own device");
  add_current(begin, o, "裝置上的驗證碼，第二次執行時 / the device's code, the second time");
  begin->add_option("--secret-file", o->secret_file, "金鑰暫存檔 / where the secret waits")
      ->required();
  begin->callback([&run, o] { enrol(run, *o); });
  auto* remove = factor->add_subcommand("remove", "移除自己的驗證器 / remove one's own");
  add_current(remove, o, kOwnCode);
  remove->callback([&run, o] {
    run.answer(service::remove_second_factor(run.context(), current_of(run, *o)), print_members);
  });
  auto* reset = factor->add_subcommand("reset", "移除他人遺失的驗證器 / remove another's lost one");
  reset->add_option("account", o->account)->required();
  reset->callback([&run, o] {
    run.answer(service::reset_second_factor(run.context(), o->account), print_members);
  });
  for (auto* command : factor->get_subcommands({})) command->fallthrough();
}

}  // namespace

void add_link_options(CLI::App& command, std::string& site, bool& mail) {
  auto* link =
      command.add_option("--link", site,
                         "改給一次性連結，指明網站位址 https://… / a one-time link instead, to the "
                         "site at this address");
  command.add_flag("--mail", mail, "寄給本人，不印出 / mailed to him, not printed")->needs(link);
}

void add_password_commands(CLI::App& app, Run& run) {
  auto& person = *app.get_subcommand("person");
  const auto o = std::make_shared<SecretOptions>();
  add_own_password(person, run, o);
  add_for_others(person, run, o);
  add_second_factor(person, run, o);
  for (auto* command : person.get_subcommands({})) command->fallthrough();
}

}  // namespace vermilion::cli
