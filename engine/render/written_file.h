// A PDF that qpdf has written, still open at its end for more objects: the structure of a long register has a hundred thousand, and
// through qpdf each takes eight microseconds (docs-src/benchmarks.md).
//
// Shape    What is added stands in object streams behind all that qpdf wrote; one cross reference stream for both ends the file, of 4 GiB at most. /ID
//          is a digest of what comes before it. An object that is put under a number of qpdf's takes its place.
// Threads  One at a time.
// Source   ISO 32000-1 7.5.7, 7.5.8.
#pragma once
#include <cstdint>
#include <vector>

#include "base/deflate.h"
#include "render/qpdf.h"

namespace vermilion::render {

class WrittenFile {
 public:
  // Writes `pdf`, which must outlive this and not be changed any more. Borrows the deflater.
  WrittenFile(QPDF& pdf, Deflater& deflater);

  // The number that an object of `pdf` has in the file.
  [[nodiscard]] int number_of(const QPDFObjectHandle& object);
  // A number for a new object.
  [[nodiscard]] int reserve();
  // The object of a number, as it stands between `obj` and `endobj`.
  void put(int number, std::string_view object);
  // The whole file. Every number that was reserved has been put.
  [[nodiscard]] Bytes finish();

 private:
  // Where an object is (ISO 32000-1 table 18).
  struct Entry {
    std::uint8_t type = 0;
    std::uint32_t place = 0;
    std::uint16_t index = 0;
  };

  void take_entries();
  void close_stream();
  void put_stream(int number, const std::string& members, std::string_view content);
  [[nodiscard]] Bytes entry_rows() const;

  QPDF& pdf_;
  QPDFWriter writer_;
  Deflater& deflater_;
  Bytes file_;
  std::vector<Entry> entries_;  // by number
  int own_number_ = 0;          // of the cross references
  int stream_ = 0;              // the object stream that is being filled
  int filled_ = 0;              // objects in it
  std::string numbers_;         // their numbers and offsets
  std::string objects_;
};

}  // namespace vermilion::render
