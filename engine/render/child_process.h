// Runs a program on some bytes and takes what it prints.
//
// Shape    Standard input is a file in memory, standard output a pipe, standard error nowhere; no other descriptor and no
//          environment is passed on. It is killed when it prints more than it may or takes too long.
// Threads  Any thread. posix_spawn: nothing of ours runs in the child, whatever locks other threads hold.
// Errors   None: what went wrong is in the answer.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace vermilion::render {

struct Ran {
  enum class End { exited, crashed, killed, not_started };
  End end = End::not_started;
  int exit = 0;  // of one that exited
  Bytes printed;
};

[[nodiscard]] Ran run_program(const std::filesystem::path& program, const std::string& argument,
                              std::string_view input, std::size_t most_printed,
                              std::chrono::milliseconds patience);

// A program of that name in the folder of this one.
[[nodiscard]] std::filesystem::path beside_this(const std::string& name);

}  // namespace vermilion::render
