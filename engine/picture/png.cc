// Before libpng sees it, the chunks are walked: so the size is known, every checksum is right and nothing stands behind the end.
#include <png.h>
#include <zlib.h>

#include "picture/formats.h"

namespace vermilion::picture {
namespace {

constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);
constexpr std::size_t kAroundData = 12;  // length, type and checksum of a chunk

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

bool checksum_holds(std::string_view type_and_data, std::uint32_t checksum) {
  const auto* start = reinterpret_cast<const Bytef*>(type_and_data.data());
  return crc32(0, start, static_cast<uInt>(type_and_data.size())) == checksum;
}

Verdict check_header(std::string_view type, std::string_view data) {
  if (type != "IHDR" || data.size() != 13) return Verdict::damaged;
  return is_too_large(number_at(data, 0), number_at(data, 4)) ? Verdict::too_large : Verdict::good;
}

Verdict check_chunks(std::string_view bytes) {
  for (std::size_t at = kSignature.size(); bytes.size() - at >= kAroundData;) {
    const std::size_t length = number_at(bytes, at);
    if (length > bytes.size() - at - kAroundData) return Verdict::damaged;
    const auto type = bytes.substr(at + 4, 4);
    if (!checksum_holds(bytes.substr(at + 4, 4 + length), number_at(bytes, at + 8 + length)))
      return Verdict::damaged;
    if (at == kSignature.size()) {
      const auto verdict = check_header(type, bytes.substr(at + 8, length));
      if (verdict != Verdict::good) return verdict;
    }
    if (type == "acTL" || type == "fcTL" || type == "fdAT") return Verdict::animated;
    at += kAroundData + length;
    if (type == "IEND") return at == bytes.size() ? Verdict::good : Verdict::more_behind;
  }
  return Verdict::damaged;
}

}  // namespace

Verdict decode_png(std::string_view bytes, Pixels& pixels) {
  if (!bytes.starts_with(kSignature)) return Verdict::other_kind;
  const auto checked = check_chunks(bytes);
  if (checked != Verdict::good) return checked;
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    return Verdict::damaged;
  image.format = PNG_FORMAT_RGB;
  pixels = {image.width, image.height, std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
  const png_color white{255, 255, 255};
  const bool done = png_image_finish_read(&image, &white, pixels.rgb.data(), 0, nullptr) != 0;
  png_image_free(&image);
  return done ? Verdict::good : Verdict::damaged;
}

}  // namespace vermilion::picture
