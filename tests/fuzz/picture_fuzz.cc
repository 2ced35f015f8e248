// Any bytes as a PNG and as a JPEG picture: a verdict, never a crash. Seeds: any small picture.
#include "picture/decode.h"

using namespace vermilion::picture;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const auto kind : {Kind::png, Kind::jpeg}) {
    Pixels pixels;
    if (decode(kind, bytes, pixels) != Verdict::good) continue;
    if (pixels.rgb.size() != std::size_t{3} * pixels.width * pixels.height) __builtin_trap();
  }
  return 0;
}
