// The spelling of bytes that tokens and passkeys use.
//
// Threads  Free functions: any thread.
// Source   RFC 4648 section 5, without padding.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::crypto {

[[nodiscard]] std::string base64url(std::string_view bytes);
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);  // nothing if it is none

}  // namespace vermilion::crypto
