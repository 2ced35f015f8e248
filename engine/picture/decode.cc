#include "picture/decode.h"

#include "picture/formats.h"

namespace vermilion::picture {

bool is_too_large(std::uint32_t width, std::uint32_t height) {
  return width > kMostSide || height > kMostSide || std::uint64_t{width} * height > kMostPixels;
}

Verdict decode(Kind kind, std::string_view bytes, Pixels& pixels) {
  return kind == Kind::png ? decode_png(bytes, pixels) : decode_jpeg(bytes, pixels);
}

}  // namespace vermilion::picture
