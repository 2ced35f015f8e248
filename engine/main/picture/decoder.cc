// vermilion-picture: decodes one picture and ends. Whatever its bytes make a library do stays in this process.
//
//   vermilion-picture png|jpeg <PICTURE >PIXELS
//
// Shape    Out: width and height, 4 bytes each with the lowest first, then RGB. Nothing when the picture is refused.
// Exit     picture::Verdict; 2 when called otherwise.
// Limits   512 MiB of memory, 5 s of CPU, no file, no core dump, no process; before the first byte is read the kernel lets it
//          do nothing any more but read, write, have memory and exit.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstddef>
#include <string>

#include "picture/decode.h"

namespace {

using namespace vermilion::picture;

constexpr rlim_t kMemory = 512U << 20;
constexpr rlim_t kSeconds = 5;

bool limit(__rlimit_resource what, rlim_t most) {
  const rlimit value{most, most};
  return setrlimit(what, &value) == 0;
}

bool set_limits() {
  return limit(RLIMIT_AS, kMemory) && limit(RLIMIT_CPU, kSeconds) && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0);
}

#if defined(__x86_64__)
constexpr unsigned kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = AUDIT_ARCH_AARCH64;
#else
#error "name this machine for the filter of system calls"
#endif

using Rule = sock_filter;

constexpr Rule load(std::size_t at) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<unsigned>(at));
}

// The next line when what was loaded is `value`, else the one behind it.
constexpr Rule when(unsigned value) { return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1); }
constexpr Rule unless(unsigned value) { return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0); }
constexpr Rule answer(unsigned what) { return BPF_STMT(BPF_RET | BPF_K, what); }

bool forbid_calls() {
  constexpr unsigned allow = SECCOMP_RET_ALLOW;
  std::array rules = {load(offsetof(seccomp_data, arch)),
                      unless(kMachine),
                      answer(SECCOMP_RET_KILL_PROCESS),
                      load(offsetof(seccomp_data, nr)),
                      when(SYS_read),
                      answer(allow),
                      when(SYS_write),
                      answer(allow),
                      when(SYS_brk),
                      answer(allow),
                      when(SYS_mmap),
                      answer(allow),
                      when(SYS_munmap),
                      answer(allow),
                      when(SYS_mremap),
                      answer(allow),
                      when(SYS_madvise),
                      answer(allow),
                      when(SYS_exit_group),
                      answer(allow),
                      answer(SECCOMP_RET_KILL_PROCESS)};
  const sock_fprog program{static_cast<unsigned short>(rules.size()), rules.data()};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool read_all(std::string& bytes) {
  std::array<char, 65536> piece{};
  for (;;) {
    const auto count = read(STDIN_FILENO, piece.data(), piece.size());
    if (count <= 0) return count == 0;
    bytes.append(piece.data(), static_cast<std::size_t>(count));
  }
}

bool write_all(const void* bytes, std::size_t size) {
  const auto* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const auto count = write(STDOUT_FILENO, at, size);
    if (count <= 0) return false;
    at += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

bool write_pixels(const Pixels& pixels) {
  std::array<unsigned char, 8> size{};
  for (unsigned i = 0; i < 4; ++i) {
    size[i] = static_cast<unsigned char>(pixels.width >> (8 * i));
    size[4 + i] = static_cast<unsigned char>(pixels.height >> (8 * i));
  }
  return write_all(size.data(), size.size()) && write_all(pixels.rgb.data(), pixels.rgb.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc == 2 ? argv[1] : "";
  if ((kind != "png" && kind != "jpeg") || !set_limits() || !forbid_calls()) return 2;
  std::string bytes;
  if (!read_all(bytes)) return 2;
  Pixels pixels;
  const auto verdict = decode(kind == "png" ? Kind::png : Kind::jpeg, bytes, pixels);
  if (verdict == Verdict::good && !write_pixels(pixels)) return 2;
  _exit(static_cast<int>(verdict));  // the pixels go with the process
}
