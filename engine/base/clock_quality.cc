#include "base/clock_quality.h"

#include <sys/timex.h>

namespace vermilion {

std::optional<ClockQuality> clock_quality() {
  timex kernel{};
  if (::adjtimex(&kernel) < 0) return std::nullopt;
  constexpr int nanoseconds_in_one = 1000;
  const auto unit = (kernel.status & STA_NANO) != 0 ? nanoseconds_in_one : 1;
  return ClockQuality{(kernel.status & STA_UNSYNC) == 0, kernel.offset / unit, kernel.maxerror};
}

}  // namespace vermilion
