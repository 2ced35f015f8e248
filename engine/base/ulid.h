// ULIDs: 26 characters of Crockford base32, 48 bits of milliseconds then 80 random bits; they sort by
// time. Used for acts, records and payloads.
#pragma once
#include <string>
#include <string_view>

#include "base/clock.h"

namespace vermilion {

// `random` must be 10 random bytes.
[[nodiscard]] std::string make_ulid(Instant at, std::string_view random);
[[nodiscard]] bool is_ulid(std::string_view text) noexcept;
[[nodiscard]] Instant ulid_time(std::string_view ulid);  // to the second

}  // namespace vermilion
