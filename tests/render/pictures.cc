#include "pictures.h"

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

#include <cstdio>
#include <stdexcept>

namespace pictures {
namespace {

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
  return bytes;
}

std::vector<std::uint8_t> gradient(unsigned width, unsigned height, unsigned components) {
  std::vector<std::uint8_t> samples;
  for (unsigned y = 0; y < height; ++y) {
    for (unsigned x = 0; x < width; ++x) {
      const std::uint8_t values[] = {static_cast<std::uint8_t>(255 * x / width),
                                     static_cast<std::uint8_t>(255 * y / height), 90, 0};
      samples.insert(samples.end(), values, values + components);
    }
  }
  return samples;
}

std::string png_of(const std::vector<std::uint8_t>& samples, unsigned width, unsigned height,
                   png_uint_32 format) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = format;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, samples.data(), 0, nullptr))
    throw std::runtime_error(image.message);
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::string png(unsigned width, unsigned height) {
  return png_of(gradient(width, height, 3), width, height, PNG_FORMAT_RGB);
}

std::string png_pixel(std::uint8_t red, std::uint8_t green, std::uint8_t blue, std::uint8_t alpha) {
  return png_of({red, green, blue, alpha}, 1, 1, PNG_FORMAT_RGBA);
}

std::string jpeg(unsigned width, unsigned height, int components) {
  auto samples = gradient(width, height, static_cast<unsigned>(components));
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = width;
  info.image_height = height;
  info.input_components = components;
  info.in_color_space = components == 4 ? JCS_CMYK : components == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = samples.data() +
                   std::size_t{info.next_scanline} * width * static_cast<unsigned>(components);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  std::string bytes(reinterpret_cast<char*>(out), size);
  jpeg_destroy_compress(&info);
  std::free(out);
  return bytes;
}

std::string chunk(const std::string& type, const std::string& data) {
  const auto body = type + data;
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return big_endian(static_cast<std::uint32_t>(data.size())) + body +
         big_endian(static_cast<std::uint32_t>(sum));
}

std::string png_claiming(unsigned width, unsigned height, const std::string& behind) {
  const std::string rest("\x08\x02\0\0\0", 5);  // 8 bits, RGB
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", big_endian(width) + big_endian(height) + rest) +
         behind + chunk("IEND", "");
}

std::string jpeg_claiming(unsigned width, unsigned height) {
  const auto two = [](unsigned value) {
    return std::string{static_cast<char>(value >> 8), static_cast<char>(value)};
  };
  const std::string components("\x03\x01\x11\0\x02\x11\0\x03\x11\0", 10);
  return "\xff\xd8\xff\xc0" + two(17) + "\x08" + two(height) + two(width) + components +
         "\xff\xda" + two(12) + std::string("\x03\x01\0\x02\0\x03\0\0\x3f\0", 10) + "\xff\xd9";
}

std::string deflated_zeros(std::size_t count) {
  const std::vector<Bytef> zeros(count);
  uLongf size = compressBound(count);
  std::string bytes(size, '\0');
  compress2(reinterpret_cast<Bytef*>(bytes.data()), &size, zeros.data(), count, 9);
  bytes.resize(size);
  return bytes;
}

}  // namespace pictures
