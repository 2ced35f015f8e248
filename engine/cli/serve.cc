// serve: the command; the server itself is handed in by main, since cli and web do not know each other.
#include <CLI/CLI.hpp>

#include "cli/run.h"

namespace vermilion::cli {

void add_serve_command(CLI::App& app, Run& run, const Serve& serve) {
  auto request = std::make_shared<ServeRequest>();
  auto* command = app.add_subcommand("serve", "啟動網頁伺服器 / serve the web pages");
  command
      ->add_option("--listen", request->listen,
                   "位址:埠，埠 0 由系統選 / address:port, port 0 for any")
      ->capture_default_str();
  command->add_option(
      "--tls-certificate", request->certificate,
      "PEM；省略則自製一張只供本機使用的 / omitted: one of its own, for this machine");
  command->add_option("--tls-key", request->key);
  command->callback([&run, request, serve] {
    request->store = run.store_path();
    run.exit_with(serve(*request));
  });
}

}  // namespace vermilion::cli
