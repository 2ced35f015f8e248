// What a head may be: every way in which two readers could disagree is refused.
#include "web/head.h"

#include <catch2/catch.hpp>

using namespace vermilion::web;

namespace {

const std::string kGet = "GET /documents HTTP/1.1\r\nHost: isms.example.gov.tw\r\n";
const std::string kPost = "POST /login HTTP/1.1\r\nHost: isms.example.gov.tw\r\n";

int status_of(const std::string& head) {
  const auto parsed = parse_head(head, {});
  return parsed.head ? 200 : parsed.refusal.status;
}
int with(const std::string& fields) { return status_of(kGet + fields + "\r\n"); }
int status_of_post(const std::string& fields) { return status_of(kPost + fields + "\r\n"); }

}  // namespace

TEST_CASE("a head in order is read", "[web]") {
  const auto parsed = parse_head(kPost +
                                     "Content-Length: 12\r\nX-Name:\t value with spaces "
                                     "\r\nConnection: Keep-Alive, close\r\n\r\n",
                                 {});
  REQUIRE(parsed.head);
  CHECK(parsed.head->method == "POST");
  CHECK(parsed.head->target == "/login");
  CHECK(parsed.head->field("x-name") == "value with spaces");
  CHECK(parsed.head->body == BodyKind::sized);
  CHECK(parsed.head->length == 12);
  CHECK_FALSE(parsed.head->keep_alive);
  CHECK(with("") == 200);
  CHECK(status_of_post("Transfer-Encoding: Chunked\r\nExpect: 100-continue\r\n") == 200);
}

TEST_CASE("a request that two readers could take apart differently is refused", "[web]") {
  for (const char* fields : {"Content-Length: 3\r\nContent-Length: 0\r\n",
                             "Content-Length: 3\r\nContent-Length: 3\r\n",
                             "Content-Length: -1\r\n",
                             "Content-Length: +3\r\n",
                             "Content-Length: 3x\r\n",
                             "Content-Length: 3, 3\r\n",
                             "Content-Length:\r\n",
                             "Content-Length: 0x3\r\n",
                             "Content-Length: 3 3\r\n",
                             "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding: gzip, chunked\r\n",
                             "Transfer-Encoding: xchunked\r\n",
                             "Transfer-Encoding: chunked, identity\r\n",
                             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding : chunked\r\n",
                             "Transfer-Encoding:\x0b"
                             "chunked\r\n",
                             "Transfer-Encoding\r\n",
                             ": empty\r\n",
                             "A B: c\r\n",
                             "A: b\r\n c\r\n",
                             "A: b\rc\r\n",
                             "A: b\nC: d\r\n",
                             "Expect: 100-continue\r\nExpect: 100-continue\r\n"}) {
    INFO(fields);
    CHECK(status_of_post(fields) == 400);
  }
  CHECK(status_of_post(std::string("A: b\0c\r\n", 8)) == 400);
  CHECK(status_of_post("Content-Length: 99999999999999999999999\r\n") == 413);
  CHECK(status_of_post("Content-Length: 262145\r\n") == 413);
  CHECK(status_of_post("Content-Length: 262144\r\n") == 200);
  CHECK(status_of_post("Expect: magic\r\n") == 417);
  CHECK(with("Content-Length: 3\r\n") == 400);
  CHECK(with("Content-Length: 0\r\n") == 200);
}

TEST_CASE("a request line is a method, a path and HTTP/1.1", "[web]") {
  const std::string host = "Host: a\r\n\r\n";
  for (const char* line :
       {"GET / HTTP/1.0\r\n", "GET / HTTP/9.9\r\n", "GET / HTTP/2\r\n", "GET / http/1.1\r\n",
        "GET /\r\n", "GET  / HTTP/1.1\r\n", "GET / HTTP/1.1 \r\n", "GET http://a/ HTTP/1.1\r\n",
        "GET * HTTP/1.1\r\n", "GET /a b HTTP/1.1\r\n", "GET /\t HTTP/1.1\r\n", "G(T / HTTP/1.1\r\n",
        "GET /#a HTTP/1.1\r\n", "GET /%4 HTTP/1.1\r\n", "GET /%zz HTTP/1.1\r\n",
        "GET /文 HTTP/1.1\r\n", "\r\nGET / HTTP/1.1\r\n"}) {
    INFO(line);
    CHECK(status_of(line + host) == 400);
  }
  CHECK(status_of("DELETE / HTTP/1.1\r\n" + host) == 405);
  CHECK(status_of("GET / HTTP/1.1\r\n" + host) == 200);
}

TEST_CASE("there is one Host", "[web]") {
  CHECK(status_of("GET / HTTP/1.1\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost:\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n") == 400);
  CHECK(status_of("GET / HTTP/1.1\r\nHost: [::1]:8443\r\n\r\n") == 200);
}

TEST_CASE("a head has limits", "[web]") {
  CHECK(status_of("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n") == 431);
  CHECK(with("A: " + std::string(20000, 'b') + "\r\n") == 431);
  std::string many;
  for (int i = 0; i < 100; ++i) many += "A: b\r\n";
  CHECK(with(many) == 431);
}

TEST_CASE("the end of a head is found, and nonsense before it", "[web]") {
  const HeadLimits limits;
  const auto whole = kGet + "\r\n";
  CHECK(find_head_end(whole + "next", limits).size == whole.size());
  CHECK_FALSE(find_head_end(kGet, limits).size);
  CHECK_FALSE(find_head_end(kGet, limits).refusal);
  CHECK(find_head_end("GET / HTTP/1.1\n", limits).refusal->status == 400);
  CHECK(find_head_end("\x16\x03\x01", limits).refusal->status == 400);
  CHECK(find_head_end(std::string("GET \0", 5), limits).refusal->status == 400);
  CHECK(find_head_end("GET /" + std::string(17000, 'a'), limits).refusal->status == 431);
}
