#include "support/process.h"

#include <sys/wait.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace fs = std::filesystem;

Ran run(const std::string& command) {
  FILE* pipe = popen(("( " + command + " ) 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ran ran{0, {}};
  std::array<char, 4096> part{};
  for (std::size_t n = 0; (n = fread(part.data(), 1, part.size(), pipe)) > 0;) {
    ran.output.append(part.data(), n);
  }
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

std::string quoted(const fs::path& path) {
  std::string word = "'";
  for (const char c : path.string()) word += c == '\'' ? "'\\''" : std::string(1, c);
  return word + "'";
}

bool has_program(const std::string& program) {
  if (run("command -v " + program).status == 0) return true;
  WARN("skipped: " + program + " is not installed");
  return false;
}

void write_file(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

Scratch::Scratch() {
  std::string name = (fs::temp_directory_path() / "vermilion-test-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  path_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string Scratch::write(const std::string& name, std::string_view bytes) const {
  const fs::path file = path_ / name;
  write_file(file, bytes);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  return file.string();
}
