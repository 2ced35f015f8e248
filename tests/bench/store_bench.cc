// How many acts a second are acknowledged, beside SQLite and git on the same disk: scripts/bench store
//
// Ours       2 KiB sealed, its manifest on main, one commit for each act, built and SSH-signed inside the time; `submitters`
//            threads, 64 at most, as many as the server has workers. "One commit": as many records as there are submitters in one
//            act, as an import files them.
// SQLite     INSERT of 2 KiB, WAL, synchronous=FULL, as many rows in a transaction as there are submitters.
// git        `git commit` of one new file of 2 KiB, one after the other.
// Signature  A person's statement under server custody, apart from the acts: the key opened by the passphrase, then CMS.
// Rounds     Each round measures everything once, one after the other; the table shows medians, and ratios taken within a round.
#include <catch2/catch.hpp>
#include <map>

#include "base/error.h"
#include "bench_acts.h"
#include "benchmark.h"
#include "identity/custody.h"
#include "store/sqlite.h"
#include "support/process.h"

using namespace bench;
using namespace vermilion::store;

namespace {

constexpr int kRounds = 5;
constexpr int kCommits = 20;
constexpr int kSignatures = 200;
const std::string kContent(2048, 'r');

// Submitters, and how many acts they send together.
const std::vector<std::pair<std::size_t, int>> kLevels = {
    {1, 200}, {10, 1000}, {100, 2000}, {1000, 4000}};

class OurStore {
 public:
  OurStore()
      : submitters_((make_store(disk_, clock_, scratch_ / "store"), disk_), clock_,
                    scratch_ / "store") {}

  void commit(std::size_t submitters, int acts) {
    submitters_.commit(submitters, next_, next_ + acts - 1);
    next_ += acts;
  }
  void commit_together(int batch, int records) {
    for (; records > 0; records -= batch, next_ += batch)
      (void)submitters_.store().commit(record_act(next_, batch));
  }
  void settle() { submitters_.store().settle(); }
  identity::Session open_session() {
    return identity::open_session(submitters_.store(), {kAdministrator, kPassphrase, ""});
  }

 private:
  Scratch scratch_;
  SystemDisk disk_;
  SystemClock clock_;
  Submitters submitters_;
  int next_ = 1;
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
    const auto made = ::run("git init -q " + quoted(scratch_.path()) + " && git -C " +
                            quoted(scratch_.path()) + " config user.name n && git -C " +
                            quoted(scratch_.path()) + " config user.email e@example.org");
    if (made.status != 0) throw Bug("git init: " + made.output);
  }
  void commit() {
    for (int i = 0; i < kCommits; ++i) {
      write_file(scratch_ / std::to_string(next_++), kContent);
      const auto done =
          ::run("cd " + quoted(scratch_.path()) + " && git add -A && git commit -qm x");
      if (done.status != 0) throw Bug("git commit: " + done.output);
    }
  }

 private:
  Scratch scratch_;
  int next_ = 0;
};

struct Level {
  std::vector<double> ours, sustained, together, sqlite, of_sqlite, of_git;
};

Level& measure(Level& level, OurStore& ours, SqliteRows& sqlite, std::size_t submitters, int acts,
               double git_commits) {
  level.sqlite.push_back(per_second(acts, [&] { sqlite.insert(submitters, acts); }));
  double acknowledged = 0;
  level.sustained.push_back(per_second(acts, [&] {
    acknowledged = per_second(acts, [&] { ours.commit(submitters, acts); });
    ours.settle();
  }));
  level.ours.push_back(acknowledged);
  level.together.push_back(
      per_second(acts, [&] { ours.commit_together(static_cast<int>(submitters), acts); }));
  ours.settle();
  level.of_sqlite.push_back(acknowledged / level.sqlite.back());
  level.of_git.push_back(acknowledged / git_commits);
  return level;
}

void print(const std::map<std::size_t, Level>& levels) {
  fmt::print(
      "submitters  acts/s  with folding  one commit, records/s  SQLite rows/s  of SQLite  of git "
      "commit\n");
  for (const auto& [submitters, level] : levels) {
    fmt::print("{:>10}  {:>6.0f}  {:>12.0f}  {:>21.0f}  {:>13.0f}  {:>9.2f}  {:>13.0f}\n",
               submitters, median(level.ours), median(level.sustained), median(level.together),
               median(level.sqlite), median(level.of_sqlite), median(level.of_git));
  }
}

}  // namespace

TEST_CASE("acknowledged acts a second, beside SQLite and git") {
  OurStore ours;
  SqliteRows sqlite;
  GitCommits git;
  std::map<std::size_t, Level> levels;
  std::vector<double> unlock, sign;
  for (int round = 0; round < kRounds; ++round) {
    const double commits = per_second(kCommits, [&] { git.commit(); });
    for (const auto& [submitters, acts] : kLevels)
      measure(levels[submitters], ours, sqlite, submitters, acts, commits);
    identity::Session session;
    unlock.push_back(seconds([&] { session = ours.open_session(); }));
    sign.push_back(per_second(kSignatures, [&] {
      for (int i = 0; i < kSignatures; ++i)
        (void)session.signer->sign(kContent, SystemClock().now());
    }));
  }
  print(levels);
  fmt::print(
      "signing under server custody: {:.0f} ms to open the key by its passphrase, then {:.0f} "
      "signatures/s\n",
      median(unlock) * 1000, median(sign));
}
