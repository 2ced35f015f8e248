// Forms, cookies and paths as they are decoded; answers as they go out.
#include "web/message.h"

#include <catch2/catch.hpp>

#include "support/manual_clock.h"
#include "web/answer.h"
#include "web/routes.h"

using namespace vermilion;
using namespace vermilion::web;

TEST_CASE("a form is decoded to text or refused", "[web]") {
  const auto form = parse_form("name=%E6%9E%97+%E5%A0%83&note=a%26b%3Dc&empty=&name=second");
  REQUIRE(form);
  CHECK(form->at("name") == "林 堃");
  CHECK(form->at("note") == "a&b=c");
  CHECK(form->at("empty").empty());
  CHECK_FALSE(parse_form("a=%E6%9E"));  // not UTF-8
  CHECK_FALSE(parse_form("a=%00"));     // no text holds a NUL
  CHECK_FALSE(parse_form("a=%4"));
  CHECK_FALSE(parse_form("a=1&b=2&c=3", 2));
}

TEST_CASE("a path is its segments, and never leads upwards", "[web]") {
  CHECK(parse_path("/") == std::vector<std::string>{});
  CHECK(parse_path("/documents/ISMS-01-002") ==
        std::vector<std::string>{"documents", "ISMS-01-002"});
  CHECK(parse_path("/%E6%96%87") == std::vector<std::string>{"文"});
  for (const char* path : {"", "documents", "//a", "/a//b", "/a/", "/../etc", "/a/..", "/a/%2e%2e",
                           "/a%2Fb", "/%ff", "/./a"}) {
    INFO(path);
    CHECK_FALSE(parse_path(path));
  }
}

TEST_CASE("a route captures what its pattern names", "[web]") {
  const auto captured = match("/documents/{id}/pdf", {"documents", "ISMS-01-002", "pdf"});
  REQUIRE(captured);
  CHECK(captured->at("id") == "ISMS-01-002");
  CHECK_FALSE(match("/documents/{id}/pdf", {"documents", "ISMS-01-002"}));
  CHECK_FALSE(match("/documents/{id}", {"records", "ISMS-01-002"}));
}

TEST_CASE("cookies are told apart by their whole name", "[web]") {
  const auto cookies = parse_cookies("a=1; __Host-vermilion=abc;x__Host-vermilion=evil");
  CHECK(cookies.at("__Host-vermilion") == "abc");
  CHECK(cookies.at("a") == "1");
}

TEST_CASE("every answer forbids scripts, frames and foreign forms, and is not stored", "[web]") {
  const ManualClock clock;
  Response response;
  response.body = "內容";
  const auto bytes = answer_bytes(response, After::close, Body::sent, clock.now());
  for (const char* field :
       {"Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'\r\n",
        "Strict-Transport-Security: max-age=", "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: same-origin\r\n", "Cache-Control: no-store\r\n",
        "Cross-Origin-Opener-Policy: same-origin\r\n", "Content-Length: 6\r\n",
        "Connection: close\r\n"}) {
    INFO(field);
    CHECK(bytes.find(field) != std::string::npos);
  }
  CHECK(bytes.ends_with("\r\n\r\n內容"));
  CHECK(
      answer_bytes(response, After::keep_alive, Body::withheld, clock.now()).ends_with("\r\n\r\n"));
}

TEST_CASE("the name of a file cannot break out of its field", "[web]") {
  const auto response = file("application/pdf", "規範\r\nSet-Cookie: a=b\".pdf", "");
  const auto& [name, value] = response.fields.front();
  CHECK(name == "Content-Disposition");
  CHECK(value == "inline; filename*=UTF-8''%E8%A6%8F%E7%AF%84%0D%0ASet-Cookie%3A%20a%3Db%22.pdf");
}
