// PNG and JPEG to plain colour. Whoever uploads a picture chooses its bytes: run this in a process of its own
// (engine/main/picture/decoder.cc), never in the one that holds the store.
//
// Shape    8-bit RGB, rows from the top, no padding; what is transparent is composed on white.
// Rules    One picture and nothing else: no bytes behind its end, no animation, every checksum right. The size is read from the head
//          before anything is unpacked.
// Threads  Pure functions.
// Source   ISO/IEC 15948 (PNG), ITU-T T.81 (JPEG); libpng 1.6's simplified API, libjpeg-turbo with the slow integer DCT, which gives
//          the same bytes with and without SIMD.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace vermilion::picture {

enum class Kind { png, jpeg };

inline constexpr std::uint32_t kMostSide = 10'000;
inline constexpr std::uint64_t kMostPixels = 16'000'000;

// What the decoder's process exits with, too; 0 and small numbers are taken by the system.
enum class Verdict {
  good = 0,
  other_kind = 40,  // not what its name says
  damaged = 41,
  too_large = 42,  // more pixels than kMostPixels, or a longer side
  colours = 43,    // CMYK and the like, which screens show each in its own way
  animated = 44,   // what is printed would not be what is shown
  more_behind = 45,
};

struct Pixels {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> rgb;
};

// Fills `pixels` when the verdict is good.
[[nodiscard]] Verdict decode(Kind kind, std::string_view bytes, Pixels& pixels);

}  // namespace vermilion::picture
