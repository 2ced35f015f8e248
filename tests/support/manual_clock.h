// A clock that stands still until it is told to move.
//
// Threads  One.
#pragma once
#include "base/clock.h"
#include "base/date.h"

class ManualClock : public vermilion::Clock {
 public:
  explicit ManualClock(const std::string& at = "2026-11-22T00:00:00Z")
      : now_(vermilion::parse_instant(at)) {}

  [[nodiscard]] vermilion::Instant now() const override { return now_; }
  void set(const std::string& at) { now_ = vermilion::parse_instant(at); }
  void advance(std::chrono::seconds by) { now_ += by; }

 private:
  vermilion::Instant now_;
};
