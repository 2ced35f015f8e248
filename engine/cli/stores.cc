// init, status, verify, rebuild, maintain
#include "service/stores.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iterator>
#include <sstream>

#include "base/error.h"
#include "cli/pdf_check.h"
#include "cli/run.h"
#include "service/paper.h"

namespace vermilion::cli {
namespace {

void print_verification(const Json& v) {
  for (const auto& problem : v["problems"]) {
    fmt::print("✗ {}\n    {}\n", problem["where"].get<std::string>(),
               problem["what"].get<std::string>());
  }
  if (!v["since"].is_null()) {
    fmt::print(
        "日誌第 {0} 筆以前以上次的驗證為準 what came before log entry {0} rests on the last "
        "verification\n",
        v["since"]["log_size"].get<std::uint64_t>());
  }
  fmt::print("{}  檢查 checked {}，問題 problems {}\n",
             v["ok"].get<bool>() ? "✓ 完好 sound" : "✗ 有問題 not sound",
             v["checked"].get<std::size_t>(), v["problems"].size());
}

void print_maintenance(const Json& m) {
  std::vector<std::vector<std::string>> rows = {
      {"儲存庫 repository", "原有包 packs before", "現有包 packs", "物件 objects"}};
  for (const auto& r : m["repositories"]) {
    rows.push_back({r["repository"].get<std::string>(), r["packs_before"].dump(), r["packs"].dump(),
                    r["objects"].dump()});
  }
  print_table(rows);
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

// One line that is written over: "▕█████░░░░░▏ 提交與標籤 commits and tags 1200".
class ProgressBar {
 public:
  ~ProgressBar() {
    if (!shown_.empty()) fmt::print(stderr, "\r\033[K");
  }
  void show(std::size_t part, std::size_t parts, const std::string& name, std::size_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (name == shown_ && now - last_ < std::chrono::milliseconds(100)) return;
    shown_ = name;
    last_ = now;
    std::string bar;
    for (std::size_t i = 0; i < parts; ++i) bar += i < part ? "█" : "░";
    fmt::print(stderr, "\r\033[K▕{}▏ {} {}", bar, name, done);
    std::fflush(stderr);
  }

 private:
  std::string shown_;
  std::chrono::steady_clock::time_point last_;
};

void verify(Run& run, bool quick) {
  service::VerifyRequest request{quick, {}};
  Json verification;
  {
    ProgressBar bar;
    if (!run.globals.json && ::isatty(STDERR_FILENO) == 1) {
      request.progress = [&bar](std::size_t part, std::size_t parts, const std::string& name,
                                std::size_t done) { bar.show(part, parts, name, done); };
    }
    verification = service::verify_store(run.context(), request);
  }
  run.answer(verification, print_verification);
  if (!verification["ok"].get<bool>()) run.exit_with(1);
}

// "ISMS-01-002 3.6 K7Q2-9M4T-1XWB"; of a record without a version.
void check_paper(Run& run, const std::string& words) {
  std::istringstream stream(words);
  std::vector<std::string> parts{std::istream_iterator<std::string>(stream), {}};
  if (parts.size() < 2) parts.resize(2);
  const bool record = parts.size() == 2;
  const auto answer = service::check_paper(
      run.context(), {parts[0], record ? "" : parts[1], parts[record ? 1 : 2]});
  run.answer(answer, print_members);
  if (!answer["known"].get<bool>()) run.exit_with(1);
}

void add_verify(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand(
      "verify", "全面驗證，或只驗證一個 PDF 檔 / verify everything, or one PDF file");
  auto quick = std::make_shared<bool>(false);
  auto file = std::make_shared<std::string>();
  command->add_option("file", *file, "PDF 檔 / a PDF file");
  command->add_flag("--quick", *quick,
                    "只查上次通過以後的部分 / only what came after the last one that passed");
  auto paper = std::make_shared<std::string>();
  command->add_option(
      "--paper", *paper,
      "紙上的編號、版次與查核碼，以空白分隔 / number, version and code of a printed page");
  command->callback([&run, quick, file, paper] {
    if (!paper->empty()) return check_paper(run, *paper);
    if (!file->empty()) return verify_pdf(run, *file);
    verify(run, *quick);
  });
}

}  // namespace

void add_store_commands(CLI::App& app, Run& run) {
  add_init(app, run);
  app.add_subcommand("status", "資料庫概況 / the store at a glance")->callback([&run] {
    run.answer(service::store_status(run.context()), print_members);
  });
  add_verify(app, run);
  app.add_subcommand("rebuild", "重建目錄與索引 / recreate catalogue and index")->callback([&run] {
    run.answer(service::rebuild_store(run.context()), print_members);
  });
  app.add_subcommand("maintain",
                     "合併 Git 包裝檔並更新其索引 / merge Git packs and write their indexes anew")
      ->callback([&run] { run.answer(service::maintain_store(run.context()), print_maintenance); });
}

}  // namespace vermilion::cli
