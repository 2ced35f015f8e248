// A picture of a document as plain colour. It is decoded by a program of its own, vermilion-picture, under limits of memory and time
// and without a right to anything: what a picture does to its decoder ends there.
//
// Shape    8-bit RGB, rows from the top; what was transparent is on white. The same file gives the same bytes.
// Threads  Any thread; two pictures are decoded at a time, for their memory.
// Errors   invalid, each naming the file: "image-type" (no such kind), "image-mismatch" (not what its name says), "image-damaged",
//          "image-too-large", "image-colours", "image-animated", "image-trailing", "image-decoder-failed" (the decoder crashed or took
//          too long). unavailable "image-decoder-missing".
// Source   architecture section 6; docs-src/threat-model.md.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>

#include "base/bytes.h"

namespace vermilion::render {

struct Image {
  unsigned width = 0;
  unsigned height = 0;
  Bytes rgb;
};

struct ImageDecoder {
  std::filesystem::path program;
  std::chrono::milliseconds patience{10'000};
};
// The one beside this program.
[[nodiscard]] ImageDecoder standard_decoder();

// `name` says by its ending what the bytes have to be: png, jpg or jpeg.
[[nodiscard]] Image decode_image(const std::string& name, std::string_view bytes,
                                 const ImageDecoder& decoder = standard_decoder());

// "image/png" or "image/jpeg"; "" for any other ending.
[[nodiscard]] std::string image_media_type(const std::string& name);

}  // namespace vermilion::render
