// Whoever watches a socket keeps watching it, whatever becomes of its number.
#include "web/watchdog.h"

#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using vermilion::web::Watchdog;
using namespace std::chrono_literals;

namespace {

struct Pair {
  Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0); }
  ~Pair() {
    close_ours();
    ::close(ends[1]);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void close_ours() {
    if (ends[0] >= 0) ::close(ends[0]);
    ends[0] = -1;
  }
  // What the peer sees within ten seconds: its end.
  [[nodiscard]] bool is_shut() const {
    const timeval patience{10, 0};
    ::setsockopt(ends[1], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char byte = 0;
    return ::recv(ends[1], &byte, 1, 0) == 0;
  }

  int ends[2] = {-1, -1};
};

}  // namespace

TEST_CASE("a socket whose deadline has passed is shut", "[web]") {
  Watchdog dog;
  const Pair pair;
  Watchdog::Watch watch(dog, pair.ends[0]);
  watch.allow(50ms);
  CHECK(pair.is_shut());
}

TEST_CASE("a deadline stays when the number of a closed socket is another one's by then", "[web]") {
  Watchdog dog;
  Pair first;
  const auto number = first.ends[0];
  auto watch_of_first = std::make_unique<Watchdog::Watch>(dog, number);
  watch_of_first->allow(1h);
  first.close_ours();  // as the TLS socket does before its connection has ended
  const Pair second;
  REQUIRE(second.ends[0] == number);
  Watchdog::Watch watch(dog, number);
  watch.allow(50ms);
  watch_of_first.reset();
  CHECK(second.is_shut());
}

TEST_CASE("a deadline that passes late shuts nobody else's socket", "[web]") {
  Watchdog dog;
  Pair first;
  const auto number = first.ends[0];
  Watchdog::Watch watch_of_first(dog, number);
  watch_of_first.allow(50ms);
  first.close_ours();
  const Pair second;
  REQUIRE(second.ends[0] == number);
  Watchdog::Watch watch(dog, number);
  watch.allow(1h);
  REQUIRE(first.is_shut());
  const timeval patience{0, 300'000};
  ::setsockopt(second.ends[1], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  char byte = 0;
  CHECK(::recv(second.ends[1], &byte, 1, 0) < 0);  // still open: nothing to read
}
