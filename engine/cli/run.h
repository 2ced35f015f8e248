// One run of the program: global options, the context they open, and how answers and failures are printed.
//
// Options may stand before or after the command. VERMILION_STORE, VERMILION_ACCOUNT and VERMILION_PASSPHRASE_FILE stand in.
// Exit     0 done, 1 verification found problems, 2 usage, 3 not found, 4 conflict, 5 invalid, 6 forbidden,
//          7 unavailable, 8 corrupt (architecture section 6).
// Output   With --json one JSON document on stdout, and on failure problem JSON (RFC 9457) on stderr.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/disk.h"
#include "base/json.h"
#include "service/context.h"
#include "service/web_request.h"
#include "service/witness.h"

namespace CLI {
class App;
}

namespace vermilion::cli {

struct Globals {
  std::string store;
  std::string account;
  std::string passphrase_file;
  std::string key_file;
  std::string token, pin_file;    // the key is on a PKCS#11 token
  std::string password_file;      // login password, when nothing is signed here
  std::string server, authorities, login_code;  // of a running server instead of a store
  std::string prepare;            // file for what is to be signed elsewhere
  std::string prepared, signature;  // what was signed elsewhere, and the signature
  std::string at;
  std::string known_at;
  std::string purpose;
  bool json = false;
};

class Run {
 public:
  Globals globals;
  service::Outside outside;  // the ways out of this machine
  service::Ask ask;          // the way to a running server

  [[nodiscard]] bool remote() const { return !globals.server.empty(); }

  [[nodiscard]] Disk& disk() { return disk_; }
  [[nodiscard]] const Clock& clock() { return clock_; }
  [[nodiscard]] Path store_path() const;      // throws invalid "store-missing", "not-remote"
  [[nodiscard]] service::Context& context();  // opens the store on first use
  // Prints the answer as JSON, or through `human` when --json was not given.
  void answer(const Json& answer, const std::function<void(const Json&)>& human);
  void exit_with(int code) { exit_code_ = code; }
  [[nodiscard]] int exit_code() const { return exit_code_; }

  // Waits for what was acted to be filed, and tells when it could not be: the act itself stands.
  void finish();

  [[nodiscard]] Bytes read_input(const std::string& path);         // "-" reads standard input
  [[nodiscard]] std::string read_secret(const std::string& path);  // first line
  void write_output(const std::string& path, std::string_view bytes,
                    unsigned mode = 0644);  // "-" writes standard output

 private:
  SystemDisk disk_;
  SystemClock clock_;
  [[nodiscard]] service::Caller caller();

  std::unique_ptr<service::Context> context_;
  int exit_code_ = 0;
};

// Each adds its commands to the parser.
void add_store_commands(CLI::App& app, Run& run);
void add_document_commands(CLI::App& app, Run& run);
void add_round_commands(CLI::App& document, Run& run);
void add_people_commands(CLI::App& app, Run& run);
void add_password_commands(CLI::App& app, Run& run);  // after the people's: more of "person"
// For what gives out a credential: `--link SITE`, `--mail`.
void add_link_options(CLI::App& command, std::string& site, bool& mail);
void add_agency_commands(CLI::App& app, Run& run);  // after the people's too
void add_certificate_commands(CLI::App& app, Run& run);
void add_sign_command(CLI::App& app, Run& run);
void add_audit_commands(CLI::App& app, Run& run);
void add_key_commands(CLI::App& app, Run& run);        // key requests, and what waits
void add_lifecycle_commands(CLI::App& app, Run& run);  // after add_people_commands
void add_search_commands(CLI::App& app, Run& run);
void add_log_commands(CLI::App& app, Run& run, const service::Outside& outside);
void add_clock_commands(CLI::App& app, Run& run);
void add_form_commands(CLI::App& app, Run& run);
void add_record_commands(CLI::App& app, Run& run);
void add_retention_commands(CLI::App& app, Run& run);
void add_access_review_commands(CLI::App& app, Run& run);
void add_pack_commands(CLI::App& app, Run& run);
void add_backup_commands(CLI::App& app, Run& run);
void add_demo_command(CLI::App& app, Run& run);

struct ServeRequest {
  Path store;
  std::string listen = "127.0.0.1:8443";
  std::string certificate;  // PEM files, or "" both
  std::string key;
};
// Serves until it is told to stop; returns the exit code.
using Serve = std::function<int(const ServeRequest&)>;
void add_serve_command(CLI::App& app, Run& run, const Serve& serve);

// Columns aligned by display width (a Chinese character is two wide).
// A notice for each reference that leads nowhere; nothing if the answer has none.
void print_unresolved(const Json& answer);
void print_table(const std::vector<std::vector<std::string>>& rows);
// One line a member: "key: value".
void print_members(const Json& answer);
// The text, or "" for anything that is no text.
[[nodiscard]] std::string text_of(const Json& value);

// The whole program; returns the exit code.
int run(int argc, char** argv, const Serve& serve, const service::Outside& outside,
        const service::Ask& ask);

}  // namespace vermilion::cli
