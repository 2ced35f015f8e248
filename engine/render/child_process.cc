#include "render/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace vermilion::render {
namespace {

using Moment = std::chrono::steady_clock::time_point;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool good() const noexcept { return number_ >= 0; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

// The bytes as a file that begins at its first one.
bool fill(const Descriptor& file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = write(file.number(), bytes.data(), bytes.size());
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return lseek(file.number(), 0, SEEK_SET) == 0;
}

class Actions {
 public:
  Actions() { posix_spawn_file_actions_init(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }
  // Whatever else this process has open, sockets of others above all, stays here.
  bool standard(int in, int out) {
    return posix_spawn_file_actions_adddup2(&actions_, in, STDIN_FILENO) == 0 &&
           posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO) == 0 &&
           posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0) ==
               0 &&
           posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1) == 0;
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const noexcept { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

pid_t start(const std::filesystem::path& program, std::string argument, int in, int out) {
  Actions actions;
  std::string name = program.filename();
  std::array<char*, 3> arguments = {name.data(), argument.data(), nullptr};
  std::array<char*, 1> environment = {nullptr};
  pid_t child = -1;
  if (!actions.standard(in, out) || posix_spawn(&child, program.c_str(), actions.get(), nullptr,
                                                arguments.data(), environment.data()) != 0)
    return -1;
  return child;
}

enum class Read { some, end, too_late };

Read read_some(int pipe, Bytes& into, Moment deadline) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  pollfd ready{pipe, POLLIN, 0};
  if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) == 0)
    return Read::too_late;
  std::array<char, 65536> piece{};
  const auto count = read(pipe, piece.data(), piece.size());
  if (count < 0 && errno == EINTR) return Read::some;
  if (count <= 0) return Read::end;
  into.append(piece.data(), static_cast<std::size_t>(count));
  return Read::some;
}

// False: it was still printing when it might no more.
bool read_whole(int pipe, Bytes& into, std::size_t most, Moment deadline) {
  for (;;) {
    const auto read = read_some(pipe, into, deadline);
    if (read == Read::too_late || into.size() > most) return false;
    if (read == Read::end) return true;
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

Ran run_program(const std::filesystem::path& program, const std::string& argument,
                std::string_view input, std::size_t most_printed,
                std::chrono::milliseconds patience) {
  Ran ran;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  const Descriptor file(memfd_create("input", MFD_CLOEXEC));
  std::array<int, 2> ends = {-1, -1};
  if (!file.good() || !fill(file, input) || pipe2(ends.data(), O_CLOEXEC) != 0) return ran;
  const Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  const pid_t child = start(program, argument, file.number(), theirs.number());
  theirs.close();
  if (child < 0) return ran;
  const bool in_time = read_whole(ours.number(), ran.printed, most_printed, deadline);
  if (!in_time) kill(child, SIGKILL);
  const int status = wait_for(child);
  ran.end = !in_time ? Ran::End::killed : WIFEXITED(status) ? Ran::End::exited : Ran::End::crashed;
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  return ran;
}

std::filesystem::path beside_this(const std::string& name) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

}  // namespace vermilion::render
