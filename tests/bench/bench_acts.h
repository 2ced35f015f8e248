// The store and the acts that benchmarks make, and who submits them.
//
// Act      2 KiB sealed and its manifest on main, one signed commit; below bench/ in main, spread as records are, so that
//          `vermilion verify` has nothing to say against it.
// Threads  A Submitters and its threads are one thread's.
#pragma once
#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "service/stores.h"

namespace bench {

using namespace vermilion;

inline constexpr const char* kAdministrator = "lin01";
inline constexpr const char* kPassphrase = "量測用的簽章通行短語十二字";
inline constexpr std::size_t kWorkers = 64;  // as many as the server has

inline void make_store(Disk& disk, const Clock& clock, const Path& path) {
  service::InitRequest request;
  request.path = path;
  request.name = "行政院環境保護署";
  request.master_key_file = path.string() + ".key";
  request.root_key_file = path.string() + ".root-key.pem";
  request.root_passphrase = "年度稽核-金鑰-保管-甲";
  request.administrator.account = kAdministrator;
  request.administrator.profile.name = "林管理";
  request.administrator_passphrase = kPassphrase;
  (void)service::init_store(disk, clock, request);
}

inline std::string record_path(int number) {
  return fmt::format("bench/{:02}/{:02}/{:02}/{:02}/manifest.json", number / 1'000'000,
                     number / 10'000 % 100, number / 100 % 100, number % 100);
}

// Records first to first + count - 1 in one act and one commit.
inline store::Act record_act(int first, int count = 1) {
  const auto subject = fmt::format("bench {}", first + count - 1);
  return {.kind = "record",
          .actor = kAdministrator,
          .from = "console",
          .subject = subject,
          .outcome = "done",
          .message = subject,
          .decide = [=](const store::Now& now, store::Changes& changes) {
            for (int number = first; number < first + count; ++number) {
              const auto sealed = changes.seal({.record = now.act,
                                                .part = fmt::format("content-{}", number),
                                                .key_class = "bench-3y",
                                                .year = 2026,
                                                .content = Bytes(2048, 'r')});
              changes.put(record_path(number),
                          fmt::format(R"({{"payload":"{}","commitment":"{}","ciphertext":"{}"}})",
                                      sealed.payload, sealed.commitment, sealed.ciphertext));
            }
          }};
}

// The number of the last act of ours: numbers of one group may have been committed in any order, so that a few behind it may be
// missing, and are passed over.
inline int last_number(store::Store& store) {
  const auto last = store.catalogue().last_act(store.clock().now());
  const std::string prefix = "bench ";
  if (!last || !last->subject.starts_with(prefix)) return 0;
  return std::stoi(last->subject.substr(prefix.size()));
}

class Submitters {
 public:
  Submitters(Disk& disk, const Clock& clock, const Path& path) {
    for (std::size_t i = 0; i < kWorkers; ++i)
      stores_.push_back(store::Store::open(disk, clock, path));
  }
  [[nodiscard]] store::Store& store() { return *stores_.front(); }

  // Acts first to last, by that many threads (kWorkers at most); throws what one of them met. `done` after each act, by any thread.
  void commit(std::size_t threads, int first, int last, const std::function<void(int)>& done = {}) {
    std::atomic<int> next = first;
    std::mutex mutex;
    std::exception_ptr failure;
    const auto work = [&](std::size_t i) {
      try {
        for (int number = next++; number <= last; number = next++) {
          (void)stores_[i]->commit(record_act(number));
          if (done) done(number);
        }
      } catch (...) {
        next = last + 1;
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
      }
    };
    std::vector<std::thread> running;
    for (std::size_t i = 0; i < std::min(threads, kWorkers); ++i) running.emplace_back(work, i);
    for (auto& thread : running) thread.join();
    if (failure) std::rethrow_exception(failure);
  }

 private:
  std::vector<std::unique_ptr<store::Store>> stores_;
};

}  // namespace bench
