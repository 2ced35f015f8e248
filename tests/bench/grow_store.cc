// Makes a big store, or makes one bigger: grow_store PATH N
//
// Acts     as in bench_acts.h, until N are there; 64 threads commit at once, so that a sync is shared by as many acts.
// Resume   Run it again with the same or a greater N: it goes on behind the last act.
// Needs    About 4 KiB of disk for each act, and PATH.key, PATH.root-key.pem beside the store.
#include "bench_acts.h"
#include "benchmark.h"

using namespace bench;

namespace {

constexpr int kReport = 10'000;

void grow(Disk& disk, const Clock& clock, const Path& path, int last) {
  Submitters submitters(disk, clock, path);
  const int first = last_number(submitters.store()) + 1;
  const auto begin = std::chrono::steady_clock::now();
  submitters.commit(kWorkers, first, last, [&](int number) {
    if (number % kReport != 0) return;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    fmt::print("{:>8} acts, {:.0f}/s\n", number, (number - first + 1) / took.count());
    std::fflush(stdout);
  });
  submitters.store().settle();
  fmt::print("{}: {} acts\n", path.string(), last_number(submitters.store()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: grow_store PATH N\n");
    return 2;
  }
  return run([&] {
    SystemDisk disk;
    SystemClock clock;
    const Path path = std::filesystem::absolute(argv[1]);
    if (!disk.exists(path / "vermilion.yaml")) make_store(disk, clock, path);
    grow(disk, clock, path, std::stoi(argv[2]));
  });
}
