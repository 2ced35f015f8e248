#include "base/clock_quality.h"

#include <sys/timex.h>

#include <algorithm>
#include <cstdlib>

namespace vermilion {

std::optional<ClockQuality> clock_quality() {
  timex kernel{};
  if (::adjtimex(&kernel) < 0) return std::nullopt;
  constexpr int nanoseconds_in_one = 1000;
  const auto unit = (kernel.status & STA_NANO) != 0 ? nanoseconds_in_one : 1;
  return ClockQuality{(kernel.status & STA_UNSYNC) == 0, kernel.offset / unit, kernel.maxerror};
}

std::optional<ClockQuality> clock_quality(const Clock& clock) {
  const auto* kept = dynamic_cast<const KeptClock*>(&clock);
  return kept ? kept->quality() : clock_quality();
}

std::int64_t possible_error_us(const ClockQuality& quality) noexcept {
  constexpr std::int64_t unkept = 16'000'000;  // NTP_PHASE_LIMIT
  const auto told = std::max(std::abs(quality.offset_us), quality.error_us);
  return quality.synchronised ? told : std::max(told, unkept);
}

}  // namespace vermilion
