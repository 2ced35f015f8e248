// A one-time code as a person's device shows it.
#pragma once
#include <liboath/oath.h>

#include <array>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"

inline std::string code_at(const vermilion::Bytes& secret, vermilion::Instant now) {
  std::array<char, 7> digits{};
  oath_totp_generate(secret.data(), secret.size(), now.time_since_epoch().count(), 30, 0, 6,
                     digits.data());
  return digits.data();
}
