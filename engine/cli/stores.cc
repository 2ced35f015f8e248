// init, status, verify, rebuild
#include "service/stores.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/run.h"

namespace vermilion::cli {
namespace {

void print_verification(const Json& v) {
  for (const auto& problem : v["problems"]) {
    fmt::print("✗ {}\n    {}\n", problem["where"].get<std::string>(),
               problem["what"].get<std::string>());
  }
  fmt::print("{}  檢查 checked {}，問題 problems {}\n",
             v["ok"].get<bool>() ? "✓ 完好 sound" : "✗ 有問題 not sound",
             v["checked"].get<std::size_t>(), v["problems"].size());
}

struct InitOptions {
  service::InitRequest request;
  std::string path, master, root, root_passphrase_file, passphrase_file;
};

void init(Run& run, InitOptions& o) {
  auto& r = o.request;
  r.path = o.path;
  r.master_key_file = o.master.empty() ? o.path + ".key" : o.master;
  r.root_key_file = o.root.empty() ? o.path + ".root-key.pem" : o.root;
  r.root_passphrase = run.read_secret(o.root_passphrase_file);
  r.administrator_passphrase = run.read_secret(o.passphrase_file);
  run.answer(service::init_store(run.disk(), run.clock(), r), [](const Json& a) {
    print_members(a);
    fmt::print(
        "\n請立即把根憑證金鑰移出本機保存，並記下一次性密碼。\n"
        "Move the root CA key off this machine now and note the one-time password.\n");
  });
}

void add_init(CLI::App& app, Run& run) {
  auto o = std::make_shared<InitOptions>();
  auto* command = app.add_subcommand(
      "init", "建立資料庫與第一位系統管理人員 / make a store and its first administrator");
  command->add_option("path", o->path)->required();
  command->add_option("--name", o->request.name, "機關名稱 / organisation")->required();
  command->add_option("--time-zone", o->request.time_zone);
  command->add_option("--master-key", o->master, "主金鑰檔，省略為 PATH.key / master key file");
  command->add_option("--root-key-out", o->root, "根憑證金鑰寫到 / where the root CA key goes");
  command->add_option("--root-passphrase-file", o->root_passphrase_file)->required();
  command->add_option("--administrator", o->request.administrator.account, "帳號 / account")
      ->required();
  command->add_option("--administrator-name", o->request.administrator.profile.name)->required();
  command->add_option("--administrator-unit", o->request.administrator.profile.unit);
  command->add_option("--administrator-title", o->request.administrator.profile.title);
  command->add_option("--administrator-passphrase-file", o->passphrase_file)->required();
  command->callback([&run, o] { init(run, *o); });
}

}  // namespace

void add_store_commands(CLI::App& app, Run& run) {
  add_init(app, run);
  app.add_subcommand("status", "資料庫概況 / the store at a glance")->callback([&run] {
    run.answer(service::store_status(run.context()), print_members);
  });
  app.add_subcommand("verify", "全面驗證 / verify everything")->callback([&run] {
    const auto verification = service::verify_store(run.context());
    run.answer(verification, print_verification);
    if (!verification["ok"].get<bool>()) run.exit_with(1);
  });
  app.add_subcommand("rebuild", "重建目錄與索引 / recreate catalogue and index")->callback([&run] {
    run.answer(service::rebuild_store(run.context()), print_members);
  });
}

}  // namespace vermilion::cli
