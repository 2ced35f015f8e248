// Real processes, killed at random moments or writing at the same time.
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <random>

#include "base/error.h"
#include "store/store_fixture.h"
#include "support/child.h"

using namespace vermilion;
using namespace vermilion::store;

namespace {

// All numbers the child acknowledged until the pipe ended.
std::vector<int> acknowledged(const Child& child) {
  std::vector<int> numbers;
  for (int number = 0; ::read(child.reading, &number, sizeof number) == sizeof number;) {
    numbers.push_back(number);
  }
  ::close(child.reading);
  return numbers;
}

void wait_for_first_word(const Child& child) {
  pollfd poll{child.reading, POLLIN, 0};
  REQUIRE(::poll(&poll, 1, 60'000) == 1);
}

void let_run(std::chrono::microseconds time) {
  const timespec pause{0, time.count() * 1000};
  ::ppoll(nullptr, 0, &pause, nullptr);
}

// Commits acts without end, each telling its number once it is acknowledged.
void write_for_ever(StoreFixture& fixture, int first, int pipe) {
  const auto store = fixture.open();
  for (int number = first;; ++number) {
    Act act = put_act("", "", "record " + std::to_string(number));
    act.decide = [=](const Now& now, Changes& changes) {
      const auto name = std::to_string(number);
      const auto ref = changes.seal({.record = now.act,
                                     .part = "content",
                                     .key_class = "people",
                                     .year = 2026,
                                     .content = "內容" + name});
      changes.put("records/" + name, ref.payload);
      changes.set_password("account" + name, "$phc$" + name);
      changes.draft("ISMS-01-002", {{name, name}}, "draft");
    };
    (void)store->commit(act);
    if (::write(pipe, &number, sizeof number) != sizeof number) return;
  }
}

// All parts of the act are there, or none is.
bool is_whole(Store& store, const Snapshot& main, const Snapshot& draft, int number) {
  const auto name = std::to_string(number);
  const auto payload = main.read("records/" + name);
  const bool there = payload.has_value();
  const bool password = store.password("account" + name).has_value();
  if (draft.read(name).has_value() != there || password != there) return false;
  return !there || store.payload(*payload) == "內容" + name;
}

}  // namespace

TEST_CASE("fifty kills at random moments lose nothing acknowledged and leave nothing half done",
          "[store]") {
  StoreFixture fixture;
  std::mt19937 random(20261122);
  std::set<int> all;
  int reached = 0;
  for (int kill = 0; kill < 50; ++kill) {
    const int first = reached + 1;
    const auto child = start_child([&](int pipe) { write_for_ever(fixture, first, pipe); });
    if (kill % 2 == 0) wait_for_first_word(child);
    let_run(std::chrono::microseconds(random() % 60'000));
    ::kill(child.process, SIGKILL);
    REQUIRE(end_of(child) == 128 + SIGKILL);
    for (const int number : acknowledged(child)) all.insert(number);
    const auto store = fixture.open();
    const auto main = store->evidence();
    const auto draft = store->draft("ISMS-01-002");
    for (int number = first; number <= (all.empty() ? first : *all.rbegin() + 1); ++number) {
      INFO("kill " << kill << ", act " << number);
      CHECK(is_whole(*store, main, draft, number));
      CHECK((!all.contains(number) || main.read("records/" + std::to_string(number))));
      if (main.read("records/" + std::to_string(number))) reached = number;
    }
    if (kill % 10 == 9) CHECK(told(faults_of(*store)) == "");
  }
  CHECK(all.size() >= 25);
  const auto store = fixture.open();
  for (const int number : all) CHECK(store->evidence().read("records/" + std::to_string(number)));
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("two processes committing at once lose no act and leave no gap in the log", "[store]") {
  constexpr int kEach = 20;
  StoreFixture fixture;
  const auto writer = [&](const std::string& name) {
    return start_child([&fixture, name](int) {
      const auto store = fixture.open();
      for (int i = 0; i < kEach; ++i) {
        (void)store->commit(put_act("records/" + name + std::to_string(i), name, "record " + name));
      }
    });
  };
  const auto one = writer("甲");
  const auto two = writer("乙");
  CHECK(end_of(one) == 0);
  CHECK(end_of(two) == 0);
  ::close(one.reading);
  ::close(two.reading);
  const auto store = fixture.open();
  CHECK(store->evidence().list("records").size() == 2 * kEach);
  CHECK(store->log().checkpoint().size == 2 * kEach + 1);
  const auto acts = store->catalogue().acts(1, 1000);
  REQUIRE(acts.size() == 2 * kEach + 1);
  for (std::size_t i = 0; i < acts.size(); ++i) {
    CHECK(acts[i].sequence == i + 1);
    CHECK(acts[i].log_index == i);
  }
  CHECK(told(faults_of(*store)) == "");
}
