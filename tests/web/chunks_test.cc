// A chunked body ends where it says, however it arrives.
#include "web/chunks.h"

#include <catch2/catch.hpp>

using vermilion::web::ChunkReader;

namespace {

// Fed in pieces of that many bytes; what was left over is told too.
struct Fed {
  bool done;
  int status;
  std::string body;
  std::string rest;
};
Fed feed(const std::string& bytes, std::size_t piece, std::uint64_t most = 1000) {
  ChunkReader reader(most);
  std::size_t at = 0;
  while (at < bytes.size() && !reader.done() && !reader.refusal())
    at += reader.feed(std::string_view(bytes).substr(at, piece));
  return {reader.done(), reader.refusal() ? reader.refusal()->status : 0, reader.take(),
          bytes.substr(at)};
}

}  // namespace

TEST_CASE("a chunked body is put together, byte by byte or at once", "[web]") {
  const std::string body = "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";
  for (const std::size_t piece :
       {std::size_t(1), std::size_t(2), std::size_t(7), body.size() + 20}) {
    const auto fed = feed(body + "GET / HTTP/1.1\r\n", piece);
    CHECK(fed.done);
    CHECK(fed.body == "abc0123456789");
    CHECK(fed.rest == "GET / HTTP/1.1\r\n");
  }
}

TEST_CASE("a chunked body that could be read in two ways is refused", "[web]") {
  for (const char* body : {"-1\r\nabc", "+3\r\nabc\r\n", "3;x=y\r\nabc\r\n", "3 \r\nabc\r\n",
                           "\r\n", "3\nabc\n", "g\r\n", "0x3\r\nabc\r\n", "123456789\r\n",
                           "3\r\nabcd\r\n", "3\r\nabc\n0\r\n\r\n", "0\r\nX-T: 1\r\n\r\n"}) {
    INFO(body);
    CHECK(feed(body, 1).status == 400);
    CHECK(feed(body, 100).status == 400);
  }
}

TEST_CASE("a chunked body over the limit is refused before it is read", "[web]") {
  CHECK(feed("3e9\r\n", 1).status == 413);
  CHECK(feed("FFFFFFFF\r\n", 1).status == 413);
  CHECK(feed("3\r\nabc\r\n3\r\nabc\r\n", 1, 5).status == 413);
  CHECK(feed("3e8\r\n", 1).status == 0);
}
