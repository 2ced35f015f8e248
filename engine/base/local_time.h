// An instant as a page tells it, beside a day in the same zone.
#pragma once
#include <string>

#include "base/clock.h"

namespace vermilion {

// 2026-12-01 02:03:49+08:00. An unknown zone is Failure::invalid.
[[nodiscard]] std::string local_time(Instant instant, const std::string& zone);

}  // namespace vermilion
