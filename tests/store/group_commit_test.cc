// Acts of many threads: durable together, seen at once, folded behind.
#include <catch2/catch.hpp>
#include <future>
#include <latch>
#include <thread>

#include "base/error.h"
#include "store/frame.h"
#include "store/store_fixture.h"
#include "support/gated_disk.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

// Two threads' Stores on one disk whose gate can be closed.
struct TwoStores {
  StoreFixture fixture;
  GatedDisk disk{fixture.disk};
  std::unique_ptr<Store> store = fixture.open(disk);
  std::unique_ptr<Store> other = fixture.open(disk);
  OpenGate later{disk};
};

// Adds one to the number on main.
Act counting_act() {
  Act act = put_act("", "", "record 1");
  act.decide = [](const Now& now, Changes& changes) {
    const auto before = now.evidence.read("count");
    changes.put("count", std::to_string(before ? std::stoi(*before) + 1 : 1));
  };
  return act;
}

std::vector<std::string> subjects(Store& store) {
  std::vector<std::string> found;
  for (const auto& row : store.catalogue().log({})) found.push_back(row.subject);
  return found;
}

void check_there(Store& store, const std::string& name) {
  CHECK(store.payload(store.evidence().require("records/" + name)) == "保密切結書 " + name);
  CHECK(store.draft("ISMS-01-002/3.6").require("draft") == name);
  CHECK(store.draft_branches("ISMS-01-002/") == std::vector<std::string>{"ISMS-01-002/3.6"});
  CHECK(store.password("chen01") == "$phc$" + name);
  CHECK(store.kept_key("chen01")->certificate == name);
  const auto tags = store.tags();
  CHECK(std::any_of(tags.begin(), tags.end(),
                    [&](const auto& tag) { return tag.first == "record/" + name; }));
}

// `each` acts by each of `threads` threads, every thread with a Store of its own. Returns how many were acknowledged.
int commit_by(StoreFixture& fixture, Disk& disk, int threads, int each) {
  std::atomic<int> acknowledged = 0;
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) {
    running.emplace_back([&] {
      (void)code_of([&] {
        const auto store = fixture.open(disk);
        for (int n = 0; n < each; ++n) {
          if (code_of([&] { (void)store->commit(counting_act()); }) == "none") ++acknowledged;
        }
      });
    });
  }
  for (auto& thread : running) thread.join();
  return acknowledged;
}

bool is_clean(const fs::path& file) {
  return SystemDisk().read_all(file).find_first_not_of('\0') == Bytes::npos;
}

}  // namespace

TEST_CASE("acts of many threads stand on each other and share their syncs", "[store]") {
  StoreFixture fixture;
  GatedDisk disk(fixture.disk);
  (void)fixture.open(disk)->commit(counting_act());
  disk.count_syncs("journal/frames");
  disk.close("journal/frames");
  std::latch built(8);
  std::vector<std::future<void>> acts;
  for (int i = 0; i < 8; ++i) {
    acts.push_back(std::async(std::launch::async, [&] {
      Act act = counting_act();
      act.decide = [&, decide = act.decide](const Now& now, Changes& changes) {
        decide(now, changes);
        built.count_down();
      };
      (void)fixture.open(disk)->commit(act);
    }));
  }
  built.wait();
  disk.open_gate();
  for (auto& act : acts) act.get();
  // The first act, those that were built meanwhile, perhaps the last one, as many scrubs at the most, and one before a file's first use.
  CHECK(disk.syncs() <= 7);
  const auto store = fixture.open(disk);
  CHECK(store->evidence().require("count") == "9");
  CHECK(store->log().checkpoint().size == 10);
  CHECK(told(faults_of(*store)) == "");
}

// Whoever writes without waiting shares some by chance (2 to 4 of 10 on a busy machine, where waiting shares 7 to 9).
TEST_CASE("two who come at once share one sync, though one of them is built first", "[store]") {
  TwoStores at;
  at.disk.close(kPacks);  // a fold would sync the journal, too
  at.disk.slow_syncs("journal/frames", std::chrono::milliseconds(40));
  (void)at.store->commit(counting_act());  // how long a sync takes is known from the last one
  int shared = 0;
  for (int round = 0; round < 20; ++round) {
    at.disk.count_syncs("journal/frames");
    std::future<void> second;
    Act first = counting_act();
    first.decide = [&, decide = first.decide](const Now& now, Changes& changes) {
      decide(now, changes);
      second = std::async(std::launch::async, [&] { (void)at.other->commit(counting_act()); });
      (void)second.wait_for(std::chrono::milliseconds(3));  // until it waits for its turn
    };
    (void)at.store->commit(first);
    second.get();
    if (at.disk.syncs() == 1) ++shared;
  }
  CHECK(shared > 10);
  CHECK(at.store->evidence().require("count") == "41");
}

TEST_CASE("an acknowledged act is seen by every thread before it is folded", "[store]") {
  TwoStores at;
  at.disk.close(kPacks);
  (void)at.store->commit(full_act("甲"));
  (void)at.store->commit(full_act("乙"));
  check_there(*at.store, "乙");
  check_there(*at.other, "乙");
  CHECK(at.other->payload(at.other->evidence().require("records/甲")) == "保密切結書 甲");
  CHECK(subjects(*at.other) == subjects(*at.store));
  CHECK(subjects(*at.other).back() == "record 乙");
  CHECK(code_of([&] { (void)at.other->commit(full_act("乙")); }) == "tag-exists");
  // Nothing of it stands in git yet.
  CHECK_FALSE(fs::exists(at.fixture.path() / "evidence.git" / "refs" / "tags" / "record" / "乙"));
  at.disk.open_gate();
  at.store->settle();
  CHECK(fs::exists(at.fixture.path() / "evidence.git" / "refs" / "tags" / "record" / "乙"));
  check_there(*at.other, "乙");
  CHECK(told(faults_of(*at.other)) == "");
}

TEST_CASE("nobody sees an act before it is durable", "[store]") {
  TwoStores at;
  at.disk.close("journal/frames");
  auto writing = std::async(std::launch::async, [&] { (void)at.store->commit(full_act("甲")); });
  CHECK(writing.wait_for(std::chrono::milliseconds(150)) == std::future_status::timeout);
  CHECK_FALSE(at.other->evidence().read("records/甲"));
  CHECK(at.other->draft_branches("").empty());
  CHECK_FALSE(at.other->password("chen01"));
  CHECK(subjects(*at.other).size() == 1);
  at.disk.open_gate();
  writing.get();
  check_there(*at.other, "甲");
}

TEST_CASE(
    "an act sees the password that the act before it sets, though that one is not durable yet",
    "[store]") {
  TwoStores at;
  at.disk.close("journal/frames");
  auto first = std::async(std::launch::async, [&] { (void)at.store->commit(full_act("甲")); });
  CHECK(first.wait_for(std::chrono::milliseconds(150)) == std::future_status::timeout);
  auto wanted = put_act("", "", "record 乙");
  std::promise<std::optional<std::string>> seen;
  wanted.decide = [&](const Now& now, Changes&) { seen.set_value(now.password("chen01")); };
  auto second = std::async(std::launch::async, [&] { (void)at.other->commit(wanted); });
  CHECK(seen.get_future().get() == "$phc$甲");
  CHECK_FALSE(at.other->password("chen01"));
  at.disk.open_gate();
  first.get();
  second.get();
}

TEST_CASE("a process that writes without pause lets another one in", "[store]") {
  StoreFixture fixture;
  std::atomic<bool> done = false;
  std::promise<void> begun;
  std::thread busy([&] {
    const auto store = fixture.open();
    (void)store->commit(counting_act());
    begun.set_value();
    while (!done) (void)store->commit(counting_act());
  });
  begun.get_future().wait();
  // Another disk is another writer, as in another process.
  SystemDisk elsewhere;
  std::string code;
  {
    const auto store = fixture.open(elsewhere);
    for (int i = 0; i < 3; ++i)
      code += code_of([&] { (void)store->commit(put_act("b" + std::to_string(i), "乙")); });
  }
  done = true;
  busy.join();
  CHECK(code == "nonenonenone");
  const auto store = fixture.open();
  CHECK(store->log().checkpoint().size ==
        4U + static_cast<unsigned>(std::stoi(store->evidence().require("count"))));
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("what is told of the past waits for the fold", "[store]") {
  StoreFixture fixture;
  GatedDisk disk(fixture.disk);
  const auto store = fixture.open(disk);
  disk.close(kPacks);
  (void)store->commit(put_act("a", "甲"));
  auto history = std::async(std::launch::async,
                            [&] { return fixture.open(disk)->catalogue().history("a").size(); });
  CHECK(history.wait_for(std::chrono::milliseconds(150)) == std::future_status::timeout);
  disk.open_gate();
  CHECK(history.get() == 1);
}

TEST_CASE("when the journal fails, no act of the group is there, and the next opening writes again",
          "[store]") {
  StoreFixture fixture;
  {
    GatedDisk disk(fixture.disk);
    const auto store = fixture.open(disk);
    (void)store->commit(counting_act());
    const auto how = GENERATE(std::exception_ptr(), std::make_exception_ptr(std::bad_alloc()));
    disk.break_syncs("journal/frames", how);
    CHECK(commit_by(fixture, disk, 4, 2) == 0);
    CHECK(store->evidence().require("count") == "1");
    CHECK(code_of([&] { (void)store->commit(counting_act()); }) == "journal-stopped");
    disk.break_syncs("");
  }
  const auto store = fixture.open();
  // What was not acknowledged may be there all the same; but then whole, and in order.
  const auto count = std::stoi(store->evidence().require("count"));
  CHECK(store->log().checkpoint().size == static_cast<std::uint64_t>(count) + 1);
  (void)store->commit(counting_act());
  CHECK(store->evidence().require("count") == std::to_string(count + 1));
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("an act that stands on a group that fails is told of the failure", "[store]") {
  TwoStores at;
  at.disk.close("journal/frames");
  auto first = std::async(std::launch::async,
                          [&] { return code_of([&] { (void)at.store->commit(counting_act()); }); });
  at.disk.await_visitor();
  at.disk.break_syncs("journal/frames");
  Act second = counting_act();
  second.decide = [&, decide = second.decide](const Now& now, Changes& changes) {
    at.disk.open_gate();
    CHECK(first.get() == "not-written");
    decide(now, changes);  // reads what is gone now
  };
  CHECK(code_of([&] { (void)at.other->commit(second); }) == "not-written");
  at.disk.break_syncs("");
}

TEST_CASE("a backlog of 64 MiB makes further acts wait for the fold", "[store]") {
  StoreFixture fixture;
  GatedDisk disk(fixture.disk);
  const auto store = fixture.open(disk);
  const OpenGate later(disk);
  disk.close(kPacks);
  const std::string big(16 << 20, 'x');
  for (int i = 0; i < 4; ++i) (void)store->commit(put_act("files/" + std::to_string(i), big));
  auto late = std::async(std::launch::async, [&] {
    return code_of([&] { (void)fixture.open(disk)->commit(put_act("late", "等候")); });
  });
  CHECK(late.wait_for(std::chrono::milliseconds(150)) == std::future_status::timeout);
  disk.open_gate();
  CHECK(late.get() == "none");
  CHECK(store->evidence().require("late") == "等候");
}

TEST_CASE("acts that wait in both files of the journal are folded by the next opening", "[store]") {
  StoreFixture fixture;
  GatedDisk disk(fixture.disk);
  const auto store = fixture.open(disk);
  const OpenGate later(disk);
  // Killed before the refs have moved, or after that.
  disk.close(GENERATE(as<std::string>{}, kPacks, "log/checkpoint"));
  int acts = 0;
  while (is_clean(fixture.path() / "journal" / "frames-1") ||
         is_clean(fixture.path() / "journal" / "frames-2")) {
    (void)store->commit(counting_act());
    REQUIRE(++acts < 100'000);
  }
  disk.await_visitor();
  const auto found = as_killed(fixture);
  disk.open_gate();
  CHECK(found->evidence().require("count") == std::to_string(acts));
  CHECK(found->log().checkpoint().size == static_cast<std::uint64_t>(acts) + 1);
  CHECK(told(faults_of(*found)) == "");
}

TEST_CASE("folded frames that a scrub cut short left behind are passed over", "[store]") {
  StoreFixture fixture;
  const auto journal = fixture.path() / "journal" / "frames-1";
  Bytes frames;
  {
    GatedDisk disk(fixture.disk);
    const auto store = fixture.open(disk);
    const OpenGate later(disk);
    disk.close(kPacks);
    for (int i = 0; i < 3; ++i) (void)store->commit(full_act(std::to_string(i)));
    frames = fixture.disk.read_all(journal);
    disk.open_gate();
  }
  const auto blocks = frames.find_last_not_of('\0') / kBlockSize + 1;
  for (const std::size_t kept : {blocks, blocks / 2, std::size_t{1}}) {
    INFO(kept);
    fixture.disk.open(journal, Open::existing)->write(0, frames.substr(0, kept * kBlockSize));
    const auto store = fixture.open();
    check_there(*store, "2");
    CHECK(store->log().checkpoint().size == 4);
    CHECK(is_clean(journal));
    CHECK(told(faults_of(*store)) == "");
  }
}
