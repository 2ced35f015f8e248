// How well the machine's clock is kept, as the kernel knows it from whatever disciplines it (chrony, ntpd, systemd-timesyncd).
//
// Source   adjtimex(2), read only. An NTP client tells the kernel the offset it measured last and what error it expects.
// Units    Microseconds.
// Threads  Any.
#pragma once
#include <cstdint>
#include <optional>

namespace vermilion {

struct ClockQuality {
  bool synchronised = false;  // the kernel's STA_UNSYNC is off: something disciplines the clock
  std::int64_t offset_us = 0;
  std::int64_t error_us = 0;  // the largest error to be expected
};

// Nothing where the kernel does not tell, as in some containers.
[[nodiscard]] std::optional<ClockQuality> clock_quality();

}  // namespace vermilion
