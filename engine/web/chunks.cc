#include "web/chunks.h"

#include <algorithm>

namespace vermilion::web {
namespace {

constexpr std::size_t kMostDigits = 8;

std::optional<std::uint64_t> size_from(std::string_view digits) {
  if (digits.empty() || digits.size() > kMostDigits) return std::nullopt;
  std::uint64_t size = 0;
  for (const char c : digits) {
    const auto place = std::string_view("0123456789abcdefABCDEF").find(c);
    if (place == std::string_view::npos) return std::nullopt;
    size = size * 16 + (place < 16 ? place : place - 6);
  }
  return size;
}

}  // namespace

std::size_t ChunkReader::feed(std::string_view arrived) {
  std::size_t taken = 0;
  while (taken < arrived.size() && !done_ && !refusal_) {
    const auto rest = arrived.substr(taken);
    taken += expects_ == Expects::data ? feed_data(rest) : feed_line(rest);
  }
  return taken;
}

std::size_t ChunkReader::feed_data(std::string_view arrived) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, arrived.size()));
  body_.append(arrived.substr(0, size));
  left_ -= size;
  if (left_ == 0) expects_ = Expects::data_end;
  return size;
}

std::size_t ChunkReader::feed_line(std::string_view arrived) {
  const char c = arrived[0];
  if (!line_.empty() && line_.back() == '\r') {
    if (c == '\n') {
      line_.pop_back();
      end_line();
      line_.clear();
    } else {
      refuse(400, "a line of the chunked body does not end in CRLF");
    }
  } else if (c == '\n' || line_.size() > kMostDigits) {
    refuse(400, "a line of the chunked body does not end in CRLF");
  } else {
    line_ += c;
  }
  return 1;
}

void ChunkReader::end_line() {
  if (expects_ == Expects::size) return begin_chunk();
  if (!line_.empty()) return refuse(400, "a chunk is longer than it says, or there is a trailer");
  done_ = expects_ == Expects::last_end;
  expects_ = Expects::size;
}

void ChunkReader::begin_chunk() {
  const auto size = size_from(line_);
  if (!size) return refuse(400, "a chunk size is not 1 to 8 hexadecimal digits");
  if (*size > most_bytes_ - body_.size()) return refuse(413, "the body is too large");
  left_ = *size;
  expects_ = left_ == 0 ? Expects::last_end : Expects::data;
}

}  // namespace vermilion::web
