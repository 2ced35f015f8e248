// Forms that other sites, other sessions and other programs send in somebody's name: every address that does something refuses them.
#include <catch2/catch.hpp>

#include "web/gate.h"
#include "web/routes.h"
#include "website.h"

using namespace website;

namespace {

// "/documents/{id}/review" with something in the place of each part.
std::string path_of(const web::Route& route) {
  std::string path;
  const auto pieces = web::parse_path(route.pattern).value();
  for (const auto& piece : pieces) path += "/" + (piece.front() == '{' ? std::string("x") : piece);
  return path;
}

}  // namespace

TEST_CASE("every deed refuses a form that is not of its own page, and nothing is done", "[web]") {
  Website site;
  auto browser = site.signed_in("huang05", "黃國維", "administrator");
  auto other = site.signed_in("tsai08", "蔡承恩", "staff");
  (void)browser.get("/documents");
  const auto token = browser.hidden("form_token");
  (void)other.get("/documents");
  const auto foreign = other.hidden("form_token");
  REQUIRE(token.size() == 64);
  const auto head = site.mark().head;
  int deeds = 0;
  for (const auto& route : web::routes()) {
    if (route.method != std::string("POST")) continue;
    const auto path = path_of(route);
    INFO(path);
    ++deeds;
    // The sign-in has a token of its own, which a session's does not replace.
    CHECK(browser.post(path, {}).status == 403);
    CHECK(browser.post(path, {{"form_token", foreign}}).status == 403);
    CHECK(browser.post(path, {{"form_token", token.substr(1) + "x"}}).status == 403);
    CHECK(browser.post(path, {{"form_token", token}}, "https://evil.example").status == 403);
    CHECK(browser.post(path, {{"form_token", token}}, "null").status == 403);
  }
  CHECK(deeds > 15);
  CHECK(site.mark().head == head);
  CHECK(browser.get("/documents").status == 200);  // still signed in: /logout refused as well
}
