// Spelling text as part of a URI.
//
// Threads  A free function: any thread.
// Source   RFC 3986 sections 2.1 and 2.3.
#pragma once
#include <string>
#include <string_view>

namespace vermilion {

// Everything but unreserved characters encoded, byte by byte.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace vermilion
