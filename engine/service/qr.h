// A short text as a QR code.
//
// Errors   as render/qr.h.
#pragma once
#include <string>

namespace vermilion::service {

[[nodiscard]] std::string qr_svg(
    const std::string& text);  // one black path on white, no style, with its quiet zone
[[nodiscard]] std::string qr_text(
    const std::string& text);  // half blocks, for a terminal of dark letters or light ones

}  // namespace vermilion::service
