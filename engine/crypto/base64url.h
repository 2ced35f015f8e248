// The spelling of bytes that tokens and passkeys use.
//
// Threads  A free function: any thread.
// Source   RFC 4648 section 5, without padding.
#pragma once
#include <string>
#include <string_view>

namespace vermilion::crypto {

[[nodiscard]] std::string base64url(std::string_view bytes);

}  // namespace vermilion::crypto
