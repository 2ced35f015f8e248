// Preloaded: every fsync and fdatasync of the process takes at least SYNC_MS milliseconds, as on a disk that writes before it says so.
//
// Why      A virtual disk that answers in 0.1 ms leaves only processors to compare; the aims of scripts/bench store were set beside a
//          disk that takes 3.4 ms. Every peer runs under the same delay.
#include <dlfcn.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace {

using Sync = int (*)(int);

int slowly(const char* name, int file) {
  static const std::chrono::duration<double, std::milli> least(std::atof(std::getenv("SYNC_MS")));
  const auto end = std::chrono::steady_clock::now() + least;
  const int result = reinterpret_cast<Sync>(dlsym(RTLD_NEXT, name))(file);
  std::this_thread::sleep_until(end);
  return result;
}

}  // namespace

extern "C" int fsync(int file) { return slowly("fsync", file); }
extern "C" int fdatasync(int file) { return slowly("fdatasync", file); }
