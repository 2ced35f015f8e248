// A chunked body taken apart as it arrives, more strictly than RFC 9112 asks.
//
// Shape    size in 1 to 8 hexadecimal digits, CRLF, data, CRLF …, "0" CRLF CRLF. Extensions and trailers are refused: nothing here
//          needs them, and readers differ about them.
// Threads  One thread at a time.
// Source   RFC 9112 section 7.1.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "web/head.h"

namespace vermilion::web {

class ChunkReader {
 public:
  explicit ChunkReader(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  // Takes what belongs to the body off the front of `arrived` and returns how much that was. A refusal is final.
  std::size_t feed(std::string_view arrived);

  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] const std::optional<Refusal>& refusal() const { return refusal_; }
  [[nodiscard]] Bytes take() { return std::move(body_); }

 private:
  enum class Expects { size, data, data_end, last_end };
  std::size_t feed_line(std::string_view arrived);
  std::size_t feed_data(std::string_view arrived);
  void end_line();
  void begin_chunk();
  void refuse(int status, const char* why) { refusal_ = Refusal{status, why}; }

  std::uint64_t most_bytes_;
  Expects expects_ = Expects::size;
  std::string line_;
  std::uint64_t left_ = 0;  // of the chunk
  Bytes body_;
  bool done_ = false;
  std::optional<Refusal> refusal_;
};

}  // namespace vermilion::web
