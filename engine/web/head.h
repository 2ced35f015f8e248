// The head of an HTTP/1.1 request, read more strictly than RFC 9112 asks: what two readers could take in two ways is refused.
//
// Shape    From the request line to the empty line, CRLF and all. Names of fields are lower case; order is kept.
// Refused  status 400: a version other than HTTP/1.1; no Host or two; a line that ends in LF or CR alone; NUL and other controls;
//          white space before a colon; a folded line; a target that is not a path; Content-Length twice, signed, listed or beside
//          Transfer-Encoding; a transfer coding other than "chunked"; a body where none belongs. 405: a method other than GET, HEAD
//          and POST. 413: a Content-Length over the limit. 417: an expectation other than 100-continue. 431: too long.
// Threads  Pure functions.
// Source   RFC 9112 (sections 2 to 7, 11.2), RFC 9110 sections 5 and 7.2.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vermilion::web {

struct HeadLimits {
  std::size_t head_bytes = 16 * 1024;  // of the whole head
  std::size_t target_bytes = 4 * 1024;
  std::size_t fields = 64;
  std::uint64_t body_bytes = 256 * 1024;
  std::uint64_t upload_bytes =
      (16U << 20) + 64 * 1024;  // of a multipart form: the most that a route takes (routes.h)
};

enum class BodyKind { none, sized, chunked };

struct Head {
  std::string method;  // GET, HEAD, POST
  std::string target;  // "/documents/ISMS-01-002?version=1.1", not decoded
  std::vector<std::pair<std::string, std::string>> fields;
  BodyKind body = BodyKind::none;
  std::uint64_t length = 0;  // sized
  bool keep_alive = true;
  bool expects_continue = false;

  // The first field of that name (lower case), or "".
  [[nodiscard]] std::string_view field(std::string_view name) const;
  [[nodiscard]] bool is_multipart() const;
};

// The status to refuse with, and what was wrong, for whoever runs the client.
struct Refusal {
  int status = 400;
  const char* why = "";
};

struct ParsedHead {
  std::optional<Head> head;  // nothing: refused
  Refusal refusal;
};

// `bytes` ends with the empty line.
[[nodiscard]] ParsedHead parse_head(std::string_view bytes, const HeadLimits& limits);

// How much of what has arrived is a head: its size when the empty line is there; nothing when more is needed; a refusal as soon
// as no continuation could be good.
struct HeadEnd {
  std::optional<std::size_t> size;
  std::optional<Refusal> refusal;
};
[[nodiscard]] HeadEnd find_head_end(std::string_view arrived, const HeadLimits& limits);

}  // namespace vermilion::web
