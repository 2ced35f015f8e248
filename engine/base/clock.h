// Where time comes from: an interface, so that tests set it and no test sleeps.
//
// Units    Instants are UTC, to the second (std::chrono::sys_seconds).
// Threads  Implementations may be called from any thread.
#pragma once
#include <chrono>

namespace vermilion {

using Instant = std::chrono::sys_seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

// The machine's real-time clock.
class SystemClock : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
};

}  // namespace vermilion
