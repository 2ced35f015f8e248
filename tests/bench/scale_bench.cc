// What grows with a store: scripts/bench scale PATH... (stores that grow_store made, the smallest first; each grows a little)
//
// Act      Processor time of an act of bench_acts.h with its folding, and how many times that of the first store.
// Open     `vermilion status` in a process of its own: wall, and the most memory it held.
// Read     Median of 1000 single reads spread over the store: a manifest from the evidence as it stands, and the sealed content;
//          "again": the same contents once more, so that no disk is waited for.
// History  Median of 200: every version of one document, written at the start of each run.
// Rounds   Five, each measuring every store once, one after the other; the table shows medians.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "bench_acts.h"
#include "benchmark.h"

using namespace bench;

namespace {

constexpr int kRounds = 5;
constexpr int kActs = 1000;
constexpr int kReads = 1000;
constexpr int kHistories = 200;
const std::string kDocument = "bench/document.md";

double processor_seconds(const std::function<void()>& work) {
  const auto used = [] {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
  };
  const double before = used();
  work();
  return used() - before;
}

// Median of `count` calls, in microseconds.
double each(int count, const std::function<void(int)>& work) {
  std::vector<double> took;
  for (int i = 0; i < count; ++i) took.push_back(seconds([&] { work(i); }) * 1e6);
  return median(took);
}

struct Opening {
  double seconds;
  double megabytes;
};

Opening open_in_process(const Path& path) {
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "vermilion";
  rusage usage{};
  int status = 0;
  const double took = seconds([&] {
    const auto child = fork();
    if (child == 0) {
      if (std::freopen("/dev/null", "w", stdout) == nullptr) _exit(126);
      execl(program.c_str(), program.c_str(), "-C", path.c_str(), "status", nullptr);
      _exit(127);
    }
    wait4(child, &status, 0, &usage);
  });
  if (status != 0) throw std::runtime_error(program.string() + " status failed");
  return {took, static_cast<double>(usage.ru_maxrss) / 1024};
}

store::Act document_act(int version) {
  return {.kind = "record",
          .actor = kAdministrator,
          .from = "console",
          .subject = kDocument,
          .outcome = "done",
          .message = kDocument,
          .decide = [=](const store::Now&, store::Changes& changes) {
            changes.put(kDocument, fmt::format("# 資訊安全管理作業規範\n\n第 {} 版\n", version));
          }};
}

class Grown {
 public:
  Grown(Disk& disk, const Clock& clock, const Path& path) : submitters_(disk, clock, path) {
    next_ = last_number(store()) + 1;
    (void)store().commit(document_act(next_));
  }

  void measure() {
    const auto evidence = store().evidence();
    manifest.push_back(
        each(kReads, [&](int i) { (void)evidence.require(record_path(spread(i))); }));
    const auto read = [&](int i) { (void)store().payload(payload_of(evidence, spread(i + 1))); };
    content.push_back(each(kReads, read));
    again.push_back(each(kReads, read));
    history.push_back(each(kHistories, [&](int) { (void)store().catalogue().history(kDocument); }));
    act.push_back(processor_seconds([&] {
                    submitters_.commit(kWorkers, next_, next_ + kActs - 1);
                    store().settle();
                  }) /
                  kActs * 1e6);
    next_ += kActs;
  }

  void print(const Grown& smallest) const {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < act.size(); ++i) ratios.push_back(act[i] / smallest.act[i]);
    fmt::print(
        "{:>9}  {:>8.0f}  {:>5.2f}  {:>8.0f}  {:>6.0f}  {:>12.0f}  {:>11.0f}  {:>9.0f}  "
        "{:>11.0f}\n",
        next_ - 1 - kRounds * kActs, median(act), median(ratios), median(open), median(memory),
        median(manifest), median(content), median(again), median(history));
  }

  std::vector<double> act, open, memory, manifest, content, again, history;

 private:
  [[nodiscard]] store::Store& store() { return submitters_.store(); }
  // A number that is there: the last groups may have left some out.
  [[nodiscard]] int spread(int i) const {
    const std::int64_t most = next_ - static_cast<int>(2 * kWorkers);
    return static_cast<int>(i * 7919LL * (most / kReads) % most) + 1;
  }
  static std::string payload_of(const store::Snapshot& evidence, int number) {
    return Json::parse(evidence.require(record_path(number))).at("payload");
  }

  Submitters submitters_;
  int next_ = 1;
};

void compare(const std::vector<std::string>& paths) {
  SystemDisk disk;
  SystemClock clock;
  // First, while this process is small: a child is counted at least as big as its parent was when it forked.
  std::map<std::string, std::vector<Opening>> openings;
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& path : paths)
      openings[path].push_back(open_in_process(std::filesystem::absolute(path)));
  }
  std::vector<std::unique_ptr<Grown>> stores;
  for (const auto& path : paths) {
    stores.push_back(std::make_unique<Grown>(disk, clock, std::filesystem::absolute(path)));
    for (const auto& opening : openings[path]) {
      stores.back()->open.push_back(opening.seconds * 1000);
      stores.back()->memory.push_back(opening.megabytes);
    }
  }
  for (int round = 0; round < kRounds; ++round) {
    for (const auto& store : stores) store->measure();
  }
  fmt::print(
      "     acts  CPU us/act  times  open ms  RSS MB  manifest us  content us  again us  history "
      "us\n");
  for (const auto& store : stores) store->print(*stores.front());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    fmt::print(stderr, "usage: bench_scale PATH...\n");
    return 2;
  }
  return run([&] { compare({argv + 1, argv + argc}); });
}
