// demo
#include "service/demo.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/run.h"

namespace vermilion::cli {
namespace {

std::string first_line(Run& run, const std::string& path) { return run.read_secret(path); }

void print_demo(Run& run, const Json& demo) {
  fmt::print("示範資料庫 demo store：{}\n\n可登入的人 who may sign in, and how：\n",
             demo["store"].get<std::string>());
  std::vector<std::vector<std::string>> rows = {
      {"帳號", "姓名", "單位", "職務", "登入密碼 password", "簽章通行短語 passphrase"}};
  for (const auto& person : demo["people"]) {
    const auto file = person["passphrase_file"].get<std::string>();
    rows.push_back({person["account"].get<std::string>(), person["name"].get<std::string>(),
                    person["unit"].get<std::string>(), person["duty"].get<std::string>(),
                    first_line(run, person["password_file"].get<std::string>()),
                    first_line(run, file)});
  }
  print_table(rows);
  fmt::print("\n載入環境 load with：  . {}\n", demo["env"].get<std::string>());
}

}  // namespace

void add_demo_command(CLI::App& app, Run& run) {
  struct Options {
    std::string path, seed;
    std::string texts = VERMILION_SOURCE_DIR "/docs-src/isms";
    std::string forms = VERMILION_SOURCE_DIR "/forms";
    std::string records = VERMILION_SOURCE_DIR "/docs-src/demo";
  };
  auto o = std::make_shared<Options>();
  auto* demo = app.add_subcommand("demo", "建立並填滿示範資料庫 / make and fill a demo store");
  demo->add_option("path", o->path)->required();
  demo->add_option("--texts", o->texts, "起始文件的資料夾 / folder of the starter documents");
  demo->add_option("--forms", o->forms, "表單的資料夾 / folder of the forms");
  demo->add_option("--records", o->records, "示範紀錄的資料夾 / folder of the demo's records");
  demo->add_option("--seed", o->seed, "要匯入的規範文字檔 / text of a regulation to import");
  demo->callback([&run, o] {
    const auto made = service::make_demo(run.disk(), run.clock(),
                                         {o->path, o->texts, o->forms, o->records, o->seed});
    run.answer(made, [&run](const Json& answer) { print_demo(run, answer); });
  });
}

}  // namespace vermilion::cli
