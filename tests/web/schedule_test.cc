// The server's own thread looks again when it is told to, survives a job that fails, and ends.
#include "web/schedule.h"

#include <catch2/catch.hpp>
#include <future>
#include <stdexcept>

using namespace vermilion::web;
using namespace std::chrono_literals;

TEST_CASE("a schedule runs its job at once and whenever it is woken, failures or not", "[web]") {
  std::vector<std::promise<void>> ran(3);
  std::size_t times = 0;
  Schedule schedule(
      [&] {
        if (times < ran.size()) ran[times++].set_value();
        throw std::runtime_error("見證者斷線");
      },
      24h);
  for (auto& run : ran) {
    CHECK(run.get_future().wait_for(20s) == std::future_status::ready);
    schedule.wake();
  }
  CHECK(schedule.stop(20s));
}

TEST_CASE("a schedule whose job works on says so when it is stopped", "[web]") {
  std::promise<void> began;
  std::promise<void> go_on;
  Schedule schedule(
      [&] {
        began.set_value();
        go_on.get_future().wait();
      },
      24h);
  began.get_future().wait();
  CHECK_FALSE(schedule.stop(1ms));
  go_on.set_value();
  CHECK(schedule.stop(20s));
}
