// What a program gives up before it reads bytes that may have been made to harm it.
//
// Limits   Memory and time as given; no file, no core dump, no process; then the kernel lets it do nothing any more but read, write, have
//          memory and exit. A call beyond that kills it.
// Threads  For a process with one.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace vermilion::confined {

struct Limits {
  std::uint64_t memory_bytes;  // of addresses
  std::uint64_t cpu_seconds;
};
// False: it could not be confined, and must not go on.
[[nodiscard]] bool confine(const Limits& limits);

// Standard input to its end, and standard output.
[[nodiscard]] bool read_all(std::string& bytes);
[[nodiscard]] bool write_all(std::string_view bytes);

}  // namespace vermilion::confined
