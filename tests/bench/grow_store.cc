// Makes a big store, or makes one bigger: grow_store PATH N
//
// Acts     as in store_bench.cc: 2 KiB sealed and a manifest on main, one signed commit for each, until N such acts are there. They
//          stand below bench/ in main, spread as records are, so that `vermilion verify` has nothing to say against them.
// Groups   64 threads commit at once, so that a sync is shared by as many acts.
// Resume   Run it again with the same or a greater N: it goes on behind the last act.
// Needs    About 4 KiB of disk for each act, and PATH.key, PATH.root-key.pem beside the store.
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include "base/error.h"
#include "record_act.h"
#include "service/stores.h"

using namespace vermilion;

namespace {

constexpr std::size_t kThreads = 64;
constexpr int kReport = 10'000;

void make_store(Disk& disk, const Clock& clock, const Path& path) {
  service::InitRequest request;
  request.path = path;
  request.name = "行政院環境保護署";
  request.master_key_file = path.string() + ".key";
  request.root_key_file = path.string() + ".root-key.pem";
  request.root_passphrase = "年度稽核-金鑰-保管-甲";
  request.administrator.account = "lin01";
  request.administrator.profile.name = "林管理";
  request.administrator_passphrase = "量測用的簽章通行短語十二字";
  (void)service::init_store(disk, clock, request);
}

// The number of the last act of ours: numbers of one group may have been committed in any order, so that a few behind it may be
// missing, and are passed over.
int last_number(store::Store& store) {
  const auto last = store.catalogue().last_act(store.clock().now());
  const std::string prefix = "bench ";
  if (!last || !last->subject.starts_with(prefix)) return 0;
  return std::stoi(last->subject.substr(prefix.size()));
}

// Throws what one of the threads met.
void grow(Disk& disk, const Clock& clock, const Path& path, int first, int last) {
  std::atomic<int> next = first;
  std::mutex mutex;
  std::exception_ptr failure;
  std::vector<std::thread> threads;
  const auto begin = std::chrono::steady_clock::now();
  const auto work = [&] {
    const auto store = store::Store::open(disk, clock, path);
    for (int number = next++; number <= last; number = next++) {
      (void)store->commit(record_act("bench", number));
      if (number % kReport != 0) continue;
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      fmt::print("{:>8} acts, {:.0f}/s\n", number, (number - first + 1) / took.count());
      std::fflush(stdout);
    }
  };
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      try {
        work();
      } catch (...) {
        next = last + 1;
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: grow_store PATH N\n");
    return 2;
  }
  try {
    SystemDisk disk;
    SystemClock clock;
    const Path path = std::filesystem::absolute(argv[1]);
    if (!disk.exists(path / "vermilion.yaml")) make_store(disk, clock, path);
    const auto store = store::Store::open(disk, clock, path);
    grow(disk, clock, path, last_number(*store) + 1, std::stoi(argv[2]));
    store->settle();
    fmt::print("{}: {} acts\n", path.string(), last_number(*store));
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
