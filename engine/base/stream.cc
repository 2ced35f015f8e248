#include "base/stream.h"

namespace vermilion {

Source source_of(std::string_view bytes) {
  return [bytes](std::size_t size) mutable {
    const Bytes piece(bytes.substr(0, size));
    bytes.remove_prefix(piece.size());
    return piece;
  };
}

Source source_of(File& file) {
  return [&file, at = std::uint64_t{0}](std::size_t size) mutable {
    auto piece = file.read(at, size);
    at += piece.size();
    return piece;
  };
}

Sink sink_to(Bytes& bytes) {
  return [&bytes](std::string_view piece) { bytes += piece; };
}

}  // namespace vermilion
