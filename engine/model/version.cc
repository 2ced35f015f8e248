#include "model/version.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"

namespace vermilion::model {

std::string Version::text() const { return fmt::format("{}.{}", major, minor); }

Version Version::parse(std::string_view text) {
  Version version;
  const auto* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, version.major);
  if (first.ptr != end && *first.ptr == '.') std::from_chars(first.ptr + 1, end, version.minor);
  const bool in_range =
      version.major >= 0 && version.major <= 9999 && version.minor >= 0 && version.minor <= 9999;
  // Writing it again refuses signs, leading zeros and anything left over.
  if (!in_range || version.text() != text) {
    throw Error(Failure::invalid, "bad-version",
                {fmt::format("版次「{}」無效，請寫成 主版.次版，例如 3.5", text),
                 fmt::format("'{}' is not a version; write major.minor, such as 3.5", text)});
  }
  return version;
}

}  // namespace vermilion::model
