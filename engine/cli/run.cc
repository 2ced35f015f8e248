#include "cli/run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/error.h"
#include "base/heap.h"
#include "base/text.h"
#include "service/login.h"
#include "service/notices.h"

namespace vermilion::cli {
namespace {

constexpr int kUsage = 2;

int exit_code_for(Failure failure) {
  switch (failure) {
    case Failure::not_found:
      return 3;
    case Failure::conflict:
      return 4;
    case Failure::invalid:
      return 5;
    case Failure::forbidden:
      return 6;
    case Failure::unavailable:
      return 7;
    case Failure::corrupt:
      return 8;
  }
  return 8;
}

int report(const Run& run, Failure failure, const std::string& code, const Said& said) {
  if (run.globals.json) {
    const Json problem = {{"type", "urn:vermilion:problem:" + code},
                          {"title", said.zh},
                          {"detail", said.en},
                          {"code", code},
                          {"failure", failure_name(failure)}};
    std::cerr << problem.dump() << "\n";
  } else {
    std::cerr << "錯誤：" << said.zh << "\nerror: " << said.en << "  [" << code << "]\n";
  }
  return exit_code_for(failure);
}

void add_globals(CLI::App& app, Globals& globals) {
  app.add_option("-C,--store", globals.store, "資料庫資料夾 / store folder")
      ->envname("VERMILION_STORE");
  app.add_option("--as", globals.account, "以此帳號 / act as this account")
      ->envname("VERMILION_ACCOUNT");
  app.add_option("--passphrase-file", globals.passphrase_file,
                 "簽章通行短語檔 / file with the signing passphrase")
      ->envname("VERMILION_PASSPHRASE_FILE");
  app.add_option("--server", globals.server,
                 "對執行中的伺服器，以自己電腦上的金鑰簽署 / a running server: https://HOST:PORT");
  app.add_option("--ca", globals.authorities,
                 "信任的伺服器憑證（PEM）/ whom to trust for it, PEM; else the machine's own")
      ->check(CLI::ExistingFile);
  app.add_option("--login-code", globals.login_code,
                 "登入驗證碼，設有第二因子者 / code of the second factor");
  app.add_option("--key-file", globals.key_file, "本人的金鑰檔 / one's own key file (PEM)");
  app.add_option("--token", globals.token,
                 "金鑰在憑證載具 / key on a token: pkcs11:token=…;object=…");
  app.add_option("--pin-file", globals.pin_file, "載具 PIN 檔 / file with the token's PIN");
  app.add_option(
         "--password-file", globals.password_file,
         "登入密碼檔（不在此簽署時）/ file with the login password, when nothing is signed here")
      ->envname("VERMILION_PASSWORD_FILE");
  app.add_option("--prepare", globals.prepare,
                 "只寫出待簽的位元組 / write what is to be signed elsewhere, and sign nothing");
  app.add_option("--prepared", globals.prepared, "先前寫出的檔案 / what --prepare wrote");
  app.add_option("--signature", globals.signature,
                 "在別處簽成的 .p7s / its signature, made elsewhere");
  app.add_option("--at", globals.at, "以此日的效力 / as effective on that date");
  app.add_option("--known-at", globals.known_at,
                 "以當時所知 / as known at that time (2026-11-22T08:00:00Z)");
  app.add_option("--purpose", globals.purpose,
                 "調閱或匯出的目的（代碼） / code of the purpose of opening or taking away");
  app.add_flag("--json", globals.json, "輸出 JSON / print JSON");
}

int run_commands(Run& run, CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    run.finish();
    return run.exit_code();
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::cerr << "用法有誤，加 --help 看說明：\n";
    app.exit(error, std::cerr, std::cerr);
    return kUsage;
  } catch (const service::OnlyPrepared& prepared) {
    run.write_output(run.globals.prepare, prepared.statement);
    return 0;
  } catch (const Error& error) {
    return report(run, error.failure(), error.code(), error.said());
  } catch (const std::exception& error) {
    return report(run, Failure::corrupt, "bug",
                  {std::string("程式內部錯誤，請回報：") + error.what(),
                   std::string("internal error, please report: ") + error.what()});
  }
}

std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  for (const char32_t c : code_points(text))
    width += is_cjk(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60) ? 2 : 1;
  return width;
}

}  // namespace

Path Run::store_path() const {
  if (remote()) {
    throw Error(Failure::invalid, "not-remote",
                {"這個命令不能與 --server 並用；請在裝有資料庫的電腦上執行，或用網頁",
                 "this command does not go with --server: run it on the machine with the store, or "
                 "use the web pages"});
  }
  if (!globals.store.empty()) return globals.store;
  throw Error(Failure::invalid, "store-missing",
              {"請指定資料庫：-C 資料夾 或環境變數 VERMILION_STORE",
               "name the store: -C FOLDER or VERMILION_STORE"});
}

service::Caller Run::caller() {
  service::Caller caller;
  caller.outside = &outside;
  auto& credentials = caller.credentials;
  credentials.account = globals.account;
  credentials.token = globals.token;
  const auto& secret = globals.token.empty() ? globals.passphrase_file : globals.pin_file;
  caller.signed_in = !globals.password_file.empty();
  if (!secret.empty() && !caller.signed_in) credentials.passphrase = read_secret(secret);
  if (!globals.key_file.empty()) credentials.key_file = read_input(globals.key_file);
  caller.only_prepare = !globals.prepare.empty();
  if (!globals.prepared.empty())
    caller.signed_before = {read_input(globals.prepared), read_input(globals.signature)};
  if (!globals.at.empty()) caller.at = parse_date(globals.at);
  if (!globals.known_at.empty()) caller.known_at = parse_instant(globals.known_at);
  caller.on_lock = [this](const std::string& account) {
    service::tell_of_lock(*context_, outside, account);
  };
  caller.purpose = globals.purpose;
  return caller;
}

service::Context& Run::context() {
  if (context_) return *context_;
  use_large_pages();
  context_ = std::make_unique<service::Context>(disk_, clock_, store_path(), caller());
  if (!globals.password_file.empty())
    (void)service::sign_in(*context_, {globals.account, read_secret(globals.password_file)});
  return *context_;
}

void Run::finish() {
  if (!context_) return;
  try {
    context_->settle();
  } catch (const Error& error) {
    std::cerr << "注意：" << error.said().zh << "\nnote: " << error.said().en << "  ["
              << error.code() << "]\n";
  }
}

void Run::answer(const Json& answer, const std::function<void(const Json&)>& human) {
  if (globals.json) {
    std::cout << answer.dump(2) << "\n";
  } else {
    human(answer);
  }
}

Bytes Run::read_input(const std::string& path) {
  if (path == "-") return {std::istreambuf_iterator<char>(std::cin), {}};
  if (std::filesystem::is_fifo(path)) {  // /dev/fd/3: nothing that has a size
    std::ifstream pipe(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(pipe), {}};
  }
  return disk_.read_all(path);
}

std::string Run::read_secret(const std::string& path) {
  const auto text = read_input(path);
  return std::string(trim(text.substr(0, text.find('\n'))));
}

void Run::write_output(const std::string& path, std::string_view bytes, unsigned mode) {
  if (path == "-") {
    std::cout << bytes;
    return;
  }
  disk_.replace(std::filesystem::absolute(path), bytes, mode);
}

void print_unresolved(const Json& answer) {
  for (const auto& reference : answer.value("unresolved", Json::array())) {
    fmt::print("  第 {0} 行：查無「{1}」 line {0}: nothing at “{1}”\n",
               reference["line"].get<int>(), reference["text"].get<std::string>());
  }
}

void print_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::cout << row[i];
      if (i + 1 < row.size()) std::cout << std::string(widths[i] - width_of(row[i]) + 2, ' ');
    }
    std::cout << "\n";
  }
}

void print_members(const Json& answer) {
  for (const auto& [key, value] : answer.items()) {
    std::cout << key << ": " << (value.is_string() ? text_of(value) : value.dump()) << "\n";
  }
}

std::string text_of(const Json& value) { return value.is_string() ? value.get<std::string>() : ""; }

int run(int argc, char** argv, const Serve& serve, const service::Outside& outside,
        const service::Ask& ask) {
  Run run;
  run.ask = ask;
  run.outside = outside;
  CLI::App app("Vermilion：可作為證據的文件與紀錄 / documents and records that stand as evidence",
               "vermilion");
  app.set_version_flag("--version", VERMILION_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  add_globals(app, run.globals);
  add_store_commands(app, run);
  add_document_commands(app, run);
  add_people_commands(app, run);
  add_password_commands(app, run);
  add_agency_commands(app, run);
  add_certificate_commands(app, run);
  add_sign_command(app, run);
  add_audit_commands(app, run);
  add_key_commands(app, run);
  add_lifecycle_commands(app, run);
  add_search_commands(app, run);
  add_log_commands(app, run, outside);
  add_clock_commands(app, run);
  add_form_commands(app, run);
  add_record_commands(app, run);
  add_retention_commands(app, run);
  add_access_review_commands(app, run);
  add_pack_commands(app, run);
  add_backup_commands(app, run);
  add_demo_command(app, run);
  add_serve_command(app, run, serve);
  return run_commands(run, app, argc, argv);
}

}  // namespace vermilion::cli
