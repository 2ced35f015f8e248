// JSON as it is stored and signed.
//
// Shape   canonical() writes RFC 8785 (JCS): keys in UTF-16 order, shortest numbers, no white space.
//         The stored bytes of a statement, log entry or manifest are exactly these.
// Reading parse_json refuses duplicate keys, nesting beyond 64, integers beyond 2^53, ill-formed
//         UTF-8 and anything after the value. parse_canonical also refuses bytes that are not their own
//         canonical form, so that one meaning has one digest.
// Errors  Failure::invalid naming the byte offset.
// Source  RFC 8259, RFC 8785, architecture section 3.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

// Compiled once, in json.cc: a quarter of the time that a file with JSON takes to compile.
extern template class nlohmann::basic_json<>;

namespace vermilion {

using Json = nlohmann::json;

[[nodiscard]] Json parse_json(std::string_view bytes);
[[nodiscard]] Json parse_canonical(std::string_view bytes);
[[nodiscard]] std::string canonical(const Json& value);

// A member that must be there and be a string; else Failure::invalid naming the key.
[[nodiscard]] std::string require_string(const Json& object, const char* key);
// The member as a string, or "" when it is absent or null.
[[nodiscard]] std::string string_or_empty(const Json& object, const char* key);

}  // namespace vermilion
