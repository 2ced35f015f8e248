// Byte strings as text: hexadecimal and base64, both strict when read.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace vermilion {

// A byte string. UTF-8 text uses the same type; names say which one is meant.
using Bytes = std::string;

[[nodiscard]] std::string hex(std::string_view bytes);  // lower case
// Nothing unless `text` is an even number of lower-case hexadecimal digits.
[[nodiscard]] std::optional<Bytes> from_hex(std::string_view text);

[[nodiscard]] std::string base64(std::string_view bytes);  // RFC 4648 section 4, padded
// Nothing unless `text` is exactly what base64() would write for some bytes.
[[nodiscard]] std::optional<Bytes> from_base64(std::string_view text);

}  // namespace vermilion
