// The two formats behind decode().
#pragma once
#include "picture/decode.h"

namespace vermilion::picture {

[[nodiscard]] bool is_too_large(std::uint32_t width, std::uint32_t height);
[[nodiscard]] Verdict decode_png(std::string_view bytes, Pixels& pixels);
[[nodiscard]] Verdict decode_jpeg(std::string_view bytes, Pixels& pixels);

}  // namespace vermilion::picture
