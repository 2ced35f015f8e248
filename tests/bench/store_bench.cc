// How many acts a second are acknowledged, beside SQLite and git on the same disk: scripts/bench store
//
// Ours     2 KiB sealed, its manifest on main, one commit for each act, built and SSH-signed inside the time; `submitters` threads, 64
//          Stores at most, as many as the server has workers.
// SQLite   INSERT of 2 KiB, WAL, synchronous=FULL, as many rows in a transaction as there are submitters.
// git      `git commit` of one new file of 2 KiB, one after the other.
// Rounds   Each round measures everything once, one after the other; the table shows medians, and ratios taken within a round.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "record_act.h"
#include "store/sqlite.h"
#include "store/store.h"
#include "support/process.h"

using namespace vermilion;
using namespace vermilion::store;

namespace {

constexpr int kRounds = 5;
constexpr std::size_t kWorkers = 64;
constexpr int kCommits = 20;
const std::string kContent(2048, 'r');

// Submitters, and how many acts they send together.
const std::vector<std::pair<std::size_t, int>> kLevels = {
    {1, 200}, {10, 1000}, {100, 2000}, {1000, 4000}};

double per_second(int count, const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  return count / took.count();
}

class OurStore {
 public:
  OurStore() {
    Store::create(disk_, clock_,
                  {.path = scratch_ / "store",
                   .name = "行政院環境保護署",
                   .master_key_file = scratch_ / "master.key",
                   .root_key_file = scratch_ / "root.pem",
                   .root_passphrase = "年度稽核-金鑰-保管",
                   .files = {{"rules/profile.yaml", "classification: 公開\n"}}});
    for (std::size_t i = 0; i < kWorkers; ++i)
      stores_.push_back(Store::open(disk_, clock_, scratch_ / "store"));
  }

  void commit(std::size_t submitters, int acts) {
    const auto threads = std::min(submitters, kWorkers);
    std::atomic<int> left = acts;
    std::vector<std::thread> running;
    for (std::size_t i = 0; i < threads; ++i) {
      running.emplace_back([&, i] {
        while (left-- > 0) (void)stores_[i]->commit(record_act("records", next_++));
      });
    }
    for (auto& thread : running) thread.join();
  }
  void settle() { stores_.front()->settle(); }

 private:
  Scratch scratch_;
  SystemDisk disk_;
  SystemClock clock_;
  std::vector<std::unique_ptr<Store>> stores_;
  std::atomic<int> next_ = 1;
};

class SqliteRows {
 public:
  SqliteRows() : rows_(scratch_ / "rows.db", "rows.db", Database::Kind::durable, Open::create) {
    rows_.run(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=OFF;"
        "CREATE TABLE rows(id INTEGER PRIMARY KEY, content BLOB)");
  }
  void insert(std::size_t batch, int rows) {
    auto statement = rows_.prepare("INSERT INTO rows(content) VALUES(?)");
    while (rows > 0) {
      Transaction transaction(rows_);
      for (std::size_t i = 0; i < batch && rows > 0; ++i, --rows) {
        statement.bind(kContent).step();
        statement.reset();
      }
      transaction.commit();
    }
  }

 private:
  Scratch scratch_;
  Database rows_;
};

class GitCommits {
 public:
  GitCommits() {
    const auto made = run("git init -q " + quoted(scratch_.path()) + " && git -C " +
                          quoted(scratch_.path()) + " config user.name n && git -C " +
                          quoted(scratch_.path()) + " config user.email e@example.org");
    if (made.status != 0) throw Bug("git init: " + made.output);
  }
  void commit() {
    for (int i = 0; i < kCommits; ++i) {
      write_file(scratch_ / std::to_string(next_++), kContent);
      const auto done = run("cd " + quoted(scratch_.path()) + " && git add -A && git commit -qm x");
      if (done.status != 0) throw Bug("git commit: " + done.output);
    }
  }

 private:
  Scratch scratch_;
  int next_ = 0;
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

struct Level {
  std::vector<double> ours, sustained, sqlite, of_sqlite, of_git;
};

}  // namespace

TEST_CASE("acknowledged acts a second, beside SQLite and git") {
  OurStore ours;
  SqliteRows sqlite;
  GitCommits git;
  std::map<std::size_t, Level> levels;
  for (int round = 0; round < kRounds; ++round) {
    const double commits = per_second(kCommits, [&] { git.commit(); });
    for (const auto& [submitters, acts] : kLevels) {
      auto& level = levels[submitters];
      level.sqlite.push_back(per_second(acts, [&] { sqlite.insert(submitters, acts); }));
      double acknowledged = 0;
      level.sustained.push_back(per_second(acts, [&] {
        acknowledged = per_second(acts, [&] { ours.commit(submitters, acts); });
        ours.settle();
      }));
      level.ours.push_back(acknowledged);
      level.of_sqlite.push_back(acknowledged / level.sqlite.back());
      level.of_git.push_back(acknowledged / commits);
    }
  }
  fmt::print("submitters  acts/s  with folding  SQLite rows/s  of SQLite  of git commit\n");
  for (const auto& [submitters, level] : levels) {
    fmt::print("{:>10}  {:>6.0f}  {:>12.0f}  {:>13.0f}  {:>9.2f}  {:>13.0f}\n", submitters,
               median(level.ours), median(level.sustained), median(level.sqlite),
               median(level.of_sqlite), median(level.of_git));
  }
}
