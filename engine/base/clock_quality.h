// How well the machine's clock is kept, as the kernel knows it from whatever disciplines it (chrony, ntpd, systemd-timesyncd).
//
// Source   adjtimex(2), read only. An NTP client tells the kernel the offset it measured last and what error it expects.
// Units    Microseconds.
// Threads  Any.
#pragma once
#include <cstdint>
#include <optional>

#include "base/clock.h"

namespace vermilion {

struct ClockQuality {
  bool synchronised = false;  // the kernel's STA_UNSYNC is off: something disciplines the clock
  std::int64_t offset_us = 0;
  std::int64_t error_us = 0;  // the largest error to be expected
};

// The machine's own. Nothing where the kernel does not tell, as in some containers.
[[nodiscard]] std::optional<ClockQuality> clock_quality();

// A clock that knows by itself how well it is kept; of any other the kernel is asked.
class KeptClock : public Clock {
 public:
  [[nodiscard]] virtual std::optional<ClockQuality> quality() const = 0;
};
[[nodiscard]] std::optional<ClockQuality> clock_quality(const Clock& clock);

// How far the time may be from the true one: the greater of offset and error. Of a clock that nobody keeps at least 16 seconds, where
// the kernel stops counting.
[[nodiscard]] std::int64_t possible_error_us(const ClockQuality& quality) noexcept;

}  // namespace vermilion
