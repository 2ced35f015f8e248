// Deflating what is in memory whole, in one call (RFC 1950).
//
// Shape    One compressor for many pieces: making one costs more than deflating a small piece.
// Threads  One at a time.
// Errors   std::bad_alloc.
// Source   libdeflate: zlib clears and fills tables meant for streams (docs-src/benchmarks.md). One version of it gives the same bytes on every machine.
#pragma once
#include <string_view>

#include "base/bytes.h"
#include "base/handle.h"

struct libdeflate_compressor;
extern "C" void libdeflate_free_compressor(libdeflate_compressor* compressor);

namespace vermilion {

// What is written once and read often: as small as zlib makes it, in a third of the time.
inline constexpr int stream_level = 6;

class Deflater {
 public:
  // `level`: 1 (fast) to 12 (small).
  explicit Deflater(int level);

  // Appends `data` deflated to `bytes`.
  void put(Bytes& bytes, std::string_view data);

 private:
  Handle<libdeflate_compressor, libdeflate_free_compressor> compressor_;
};

}  // namespace vermilion
