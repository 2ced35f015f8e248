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

// True if the program is installed; else says "skipped: <program> is not installed".
bool has_program(const std::string& program);

// A new empty folder, removed with everything in it at the end of the scope.
class ScratchFolder {
 public:
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  // Writes a file there (mode 0600, which ssh-keygen demands of keys) and returns its path.
  std::string write(const std::string& name, std::string_view bytes) const;

 private:
  std::filesystem::path path_;
};
