// Any bytes as a PNG and as a JPEG picture: a verdict, never a crash. Seeds: any small picture.
#include <zlib.h>

#include <string>

#include "picture/decode.h"

using namespace vermilion::picture;

namespace {

std::size_t number_at(const std::string& bytes, std::size_t at) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// Else hardly any changed PNG would get past its checksums.
std::string with_right_checksums(std::string bytes) {
  for (std::size_t at = 8; at + 12 <= bytes.size();) {
    const auto length = number_at(bytes, at);
    if (length > bytes.size() - at - 12) break;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(bytes.data() + at + 4),
                           static_cast<uInt>(length + 4));
    for (std::size_t i = 0; i < 4; ++i)
      bytes[at + 8 + length + i] = static_cast<char>(sum >> (24 - 8 * i));
    at += 12 + length;
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = with_right_checksums({reinterpret_cast<const char*>(data), size});
  for (const auto kind : {Kind::png, Kind::jpeg}) {
    Pixels pixels;
    if (decode(kind, bytes, pixels) != Verdict::good) continue;
    if (pixels.rgb.size() != std::size_t{3} * pixels.width * pixels.height) __builtin_trap();
  }
  return 0;
}
