// Pictures made for the tests, whole and broken.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pictures {

// A gradient, so that no two corners look alike.
[[nodiscard]] std::string png(unsigned width, unsigned height);
[[nodiscard]] std::string jpeg(unsigned width, unsigned height, int components = 3);
// One pixel of that colour.
[[nodiscard]] std::string png_pixel(std::uint8_t red, std::uint8_t green, std::uint8_t blue,
                                    std::uint8_t alpha);

[[nodiscard]] std::string chunk(const std::string& type, const std::string& data);
// A PNG whose head says so many pixels, with that behind the head.
[[nodiscard]] std::string png_claiming(unsigned width, unsigned height, const std::string& behind);
// A JPEG of nothing but a head that says so many pixels.
[[nodiscard]] std::string jpeg_claiming(unsigned width, unsigned height);
// `count` zero bytes as a zlib stream.
[[nodiscard]] std::string deflated_zeros(std::size_t count);

}  // namespace pictures
