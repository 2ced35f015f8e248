#include "cli/terminal.h"

#include <termios.h>

#include <cstdio>
#include <iostream>

#include "base/error.h"
#include "base/handle.h"
#include "base/text.h"

namespace vermilion::cli {
namespace {

using Terminal = Handle<std::FILE, std::fclose>;

// Echo is off as long as it lives.
class NoEcho {
 public:
  explicit NoEcho(int descriptor) : descriptor_(descriptor) {
    ::tcgetattr(descriptor_, &before_);
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(descriptor_, TCSAFLUSH, &silent);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  ~NoEcho() { ::tcsetattr(descriptor_, TCSAFLUSH, &before_); }

 private:
  int descriptor_;
  termios before_{};
};

}  // namespace

std::string hidden_line(const std::string& prompt) {
  const Terminal terminal(std::fopen("/dev/tty", "r+"));
  if (!terminal) {
    throw Error(Failure::invalid, "no-terminal",
                {"沒有終端機可以詢問；請以 --password-file、--passphrase-file 或 --pin-file 提供",
                 "there is no terminal to ask at; give --password-file, --passphrase-file or "
                 "--pin-file"});
  }
  const NoEcho silent(::fileno(terminal.get()));
  std::fputs(prompt.c_str(), terminal.get());
  std::fflush(terminal.get());
  std::string line;
  for (int c = 0; (c = std::fgetc(terminal.get())) != EOF && c != '\n';)
    line.push_back(static_cast<char>(c));
  std::fputs("\n", terminal.get());
  return line;
}

void require_yes(const std::string& question) {
  std::cerr << question << std::flush;
  std::string line;
  std::getline(std::cin, line);
  const auto said = trim(line);
  if (said == "是" || said == "yes") return;
  throw Error(Failure::invalid, "not-confirmed",
              {"沒有確認，沒有簽署任何內容", "not confirmed: nothing was signed"});
}

}  // namespace vermilion::cli
