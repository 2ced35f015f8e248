// The version of a controlled document: major.minor, as printed on its cover (3.5).
//
// Errors  parse throws Failure::invalid "bad-version".
#pragma once
#include <compare>
#include <string>
#include <string_view>

namespace vermilion::model {

struct Version {
  int major = 0;
  int minor = 0;
  auto operator<=>(const Version&) const = default;
  [[nodiscard]] std::string text() const;
  [[nodiscard]] Version next() const { return {major, minor + 1}; }
  static Version parse(std::string_view text);  // "3.5"; each part 0..9999 without leading zeros
};

}  // namespace vermilion::model
