// Stock programs run as processes, and a folder of one's own for their files.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

struct Ran {
  int status;          // exit code; 128 + signal if it was killed
  std::string output;  // standard output and error, as they came
};

// Runs `command` with sh.
Ran run(const std::string& command);

// The path as one word of a command.
std::string quoted(const std::filesystem::path& path);

// True if the program is installed; else says "skipped: <program> is not installed".
bool has_program(const std::string& program);

// Writes the whole file, making its folders.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// A new empty folder, removed with everything in it at the end of the scope.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::filesystem::path& name) const {
    return path_ / name;
  }
  // Writes a file there (mode 0600, which ssh-keygen demands of keys) and returns its path.
  std::string write(const std::string& name, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};
