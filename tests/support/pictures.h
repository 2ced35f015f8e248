// A small picture, where a test needs one and not what is in it.
#pragma once
#include <zlib.h>

#include <cstdint>
#include <string>

namespace pictures {

// A grey PNG of eight by six pixels; another `shade`, other bytes.
inline std::string small_png(unsigned char shade) {
  const auto number = [](std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
    return bytes;
  };
  const auto chunk = [&](const std::string& body) {
    const auto sum =
        crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return number(static_cast<std::uint32_t>(body.size() - 4)) + body +
           number(static_cast<std::uint32_t>(sum));
  };
  std::string rows;
  for (int row = 0; row < 6; ++row)
    rows += std::string(1, '\0') + std::string(8, static_cast<char>(shade));
  uLongf size = compressBound(rows.size());
  std::string packed(size, '\0');
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(rows.data()), rows.size(), 9);
  packed.resize(size);
  const std::string depth("\x08\0\0\0\0", 5);  // 8 bits, grey
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR" + number(8) + number(6) + depth) +
         chunk("IDAT" + packed) + chunk("IEND");
}

}  // namespace pictures
