// The guard on the wire: what is refused, what is slow, and that others are served meanwhile.
#include <catch2/catch.hpp>

#include "website.h"

using namespace website;
using browser::said;
using browser::Wire;
using namespace std::string_literals;

namespace {

const std::string kNext = "GET /login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

std::size_t answers_in(const std::string& bytes) {
  std::size_t count = 0;
  for (auto at = bytes.find("HTTP/1.1 "); at != std::string::npos;
       at = bytes.find("HTTP/1.1 ", at + 1))
    ++count;
  return count;
}

}  // namespace

TEST_CASE("a request that could be smuggled is answered once with 400 and the connection ends",
          "[web]") {
  Website site;
  const std::string post = "POST /login HTTP/1.1\r\nHost: x\r\n";
  for (const std::string& request :
       {post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG" +
            kNext.substr(1),
        post + "Content-Length: 3\r\nContent-Length: 0\r\n\r\nabc" + kNext,
        post + "Content-Length: +3\r\n\r\nabc" + kNext,
        post + "Transfer-Encoding : chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + kNext,
        post + "Transfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + kNext,
        post + "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n" + kNext,
        post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n" + kNext,
        std::string("GET /login HTTP/1.1\nHost: x\n\n"),
        std::string("GET /login HTTP/1.1\r\n\r\n") + kNext,
        std::string("GET /login HTTP/9.9\r\nHost: x\r\n\r\n") + kNext,
        "GET /login HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"s + kNext,
        "GET /login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde" + kNext}) {
    INFO(request);
    const auto answer = said(site.url(), request);
    CHECK(answers_in(answer) == 1);
    CHECK(answer.starts_with("HTTP/1.1 400 "));
    CHECK(answer.find("Connection: close\r\n") != std::string::npos);
  }
}

TEST_CASE("a body is taken whole, so that the next request is the next request", "[web]") {
  Website site;
  const std::string post = "POST /login HTTP/1.1\r\nHost: x\r\n";
  const auto inside = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  const auto sized =
      said(site.url(), post + "Content-Length: " + std::to_string(std::string(inside).size()) +
                           "\r\n\r\n" + inside + kNext);
  CHECK(answers_in(sized) == 2);
  CHECK(sized.find("<title>登入") != std::string::npos);
  const auto chunked =
      said(site.url(), post + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" + kNext);
  CHECK(answers_in(chunked) == 2);
  const auto waited =
      said(site.url(), post + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\nabc" + kNext);
  CHECK(waited.starts_with("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 403 "));
}

TEST_CASE("a body over the limit is refused, announced or not", "[web]") {
  Website site;
  const std::string post = "POST /login HTTP/1.1\r\nHost: x\r\n";
  CHECK(said(site.url(), post + "Content-Length: 200000000\r\n\r\n").starts_with("HTTP/1.1 413 "));
  CHECK(said(site.url(), post + "Transfer-Encoding: chunked\r\n\r\n8000000\r\n")
            .starts_with("HTTP/1.1 413 "));
}

TEST_CASE("slow and silent clients lose their connection while another is served", "[web]") {
  auto limits = Website::quick();
  limits.per_address = 32;
  limits.handshake_and_head = std::chrono::milliseconds(2500);
  limits.body = limits.idle = limits.handshake_and_head;
  Website site(limits);
  std::vector<Poco::Net::StreamSocket> silent;  // not even a handshake: one for every worker
  for (unsigned i = 0; i < limits.workers; ++i)
    silent.emplace_back(browser::address_in(site.url()));
  CHECK(Browser(site.url()).get("/login").status == 200);

  std::vector<std::unique_ptr<Wire>> slow;
  for (const char* begun :
       {"GET /login HTTP/1.1\r\nHost: x\r\nX-A: a",
        "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
        "POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", ""}) {
    slow.push_back(std::make_unique<Wire>(site.url()));
    slow.back()->send(begun);
  }
  CHECK(Browser(site.url()).get("/login").status == 200);
  for (auto& wire : slow) CHECK(wire->rest().empty());
  char byte = 0;
  for (auto& socket : silent) {
    socket.setReceiveTimeout(Poco::Timespan(10, 0));
    CHECK(socket.receiveBytes(&byte, 1) == 0);
  }
}

TEST_CASE("one address holds no more connections than it may", "[web]") {
  auto limits = Website::quick();
  limits.per_address = 3;
  Website site(limits);
  std::vector<std::unique_ptr<Wire>> held;
  for (int i = 0; i < 3; ++i) held.push_back(std::make_unique<Wire>(site.url()));
  CHECK_THROWS_AS(Wire(site.url()), Poco::Exception);
  held.clear();
}

TEST_CASE("the server stops within a second whoever is connected", "[web]") {
  Website site;
  Wire idle(site.url());
  idle.send("GET /login HTTP/1.1\r\nHost: x\r\n\r\n");
  Wire silent(site.url());
  const auto before = std::chrono::steady_clock::now();
  CHECK(site.server().stop());
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(1));
}
