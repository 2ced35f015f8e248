// What is asked of the person at the terminal.
//
// Errors  invalid "no-terminal" where there is none to ask, "not-confirmed".
#pragma once
#include <string>

namespace vermilion::cli {

// One line from /dev/tty without echo: a password is never an argument.
[[nodiscard]] std::string hidden_line(const std::string& prompt);
// A line of standard input that says yes (是, yes).
void require_yes(const std::string& question);

}  // namespace vermilion::cli
