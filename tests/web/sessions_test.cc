// Sessions end, ids are fresh, and a form counts only with its token and from our own pages.
#include "web/sessions.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/manual_clock.h"
#include "web/delays.h"
#include "web/gate.h"

using namespace vermilion;
using namespace vermilion::web;
using namespace std::chrono_literals;

namespace {

Request posted(const Session& session) {
  Request request;
  request.method = "POST";
  request.path = {"verify"};
  request.host = "isms.example.gov.tw";
  request.origin = "https://isms.example.gov.tw";
  request.fetch_site = "same-origin";
  request.form = {{"form_token", session.form_token}};
  request.cookies = {{kSessionCookie, session.id}};
  return request;
}

std::string code_of(const Request& request, const std::optional<Session>& session) {
  try {
    require_own_form(request, session);
  } catch (const Error& error) {
    return error.code();
  }
  return "done";
}

}  // namespace

TEST_CASE("a session lives 15 minutes after its last use and 12 hours at most", "[web]") {
  ManualClock clock;
  Sessions sessions(clock);
  const auto session = sessions.begin("tsai08", "蔡承恩", "水保處");
  CHECK(session.id.size() == 64);
  for (int i = 0; i < 48; ++i) {
    clock.advance(15min);
    CHECK(sessions.find(session.id));
  }
  clock.advance(1min);
  CHECK_FALSE(sessions.find(session.id));  // 12 hours are over
  const auto next = sessions.begin("tsai08", "蔡承恩", "水保處");
  CHECK(next.id != session.id);
  CHECK(next.form_token != session.form_token);
  clock.advance(15min + 1s);
  CHECK_FALSE(sessions.find(next.id));
  CHECK(sessions.count() == 0);
}

TEST_CASE("a session that was ended is gone", "[web]") {
  const ManualClock clock;
  Sessions sessions(clock);
  const auto session = sessions.begin("tsai08", "蔡承恩", "水保處");
  sessions.end(session.id);
  CHECK_FALSE(sessions.find(session.id));
  CHECK_FALSE(sessions.find(""));
}

TEST_CASE("a form of ours with its token counts; any other does not", "[web]") {
  const ManualClock clock;
  Sessions sessions(clock);
  const auto session = sessions.begin("tsai08", "蔡承恩", "水保處");
  CHECK(code_of(posted(session), session) == "done");
  auto request = posted(session);
  request.form.clear();
  CHECK(code_of(request, session) == "stale-form");
  request = posted(session);
  request.form["form_token"] = sessions.begin("tsai08", "蔡承恩", "水保處").form_token;
  CHECK(code_of(request, session) == "stale-form");
  for (const char* origin : {"https://evil.example", "http://isms.example.gov.tw", "null",
                             "https://isms.example.gov.tw.evil.example"}) {
    request = posted(session);
    request.origin = origin;
    CHECK(code_of(request, session) == "foreign-form");
  }
  for (const char* site : {"cross-site", "same-site", "none"}) {
    request = posted(session);
    request.fetch_site = site;
    CHECK(code_of(request, session) == "foreign-form");
  }
  request = posted(session);
  request.origin = request.fetch_site = "";
  CHECK(code_of(request, session) == "foreign-form");
  request.origin = "https://isms.example.gov.tw";
  CHECK(code_of(request, session) == "done");
}

TEST_CASE("the sign-in form brings the token of its own cookie", "[web]") {
  Request request = posted({});
  request.path = {"login"};
  CHECK(code_of(request, std::nullopt) == "stale-form");
  request.cookies[kLoginCookie] = request.form["form_token"] = random_token();
  CHECK(code_of(request, std::nullopt) == "done");
  request.form["form_token"] = random_token();
  CHECK(code_of(request, std::nullopt) == "stale-form");
}

TEST_CASE("after sign-in nobody is sent to another site", "[web]") {
  for (const char* next : {"https://evil.example/", "//evil.example", "/\\evil.example/../",
                           "javascript:alert(1)", ""})
    CHECK(safe_next(next).find("evil.example/") == std::string::npos);
  CHECK(safe_next("//evil.example") == "/");
  CHECK(safe_next("https://evil.example/") == "/");
  CHECK(safe_next("/documents/ISMS-01-002") == "/documents/ISMS-01-002");
  CHECK(safe_next("/\\evil.example") == "/%5Cevil.example");
}

TEST_CASE("each failed sign-in makes the next one wait longer, for that account from there",
          "[web]") {
  ManualClock clock;
  Delays delays(clock, 250ms);
  CHECK(delays.before("chen01", "192.0.2.1") == 0ms);
  for (const auto expected : {250ms, 500ms, 1000ms, 2000ms, 4000ms, 4000ms}) {
    delays.failed("chen01", "192.0.2.1");
    CHECK(delays.before("chen01", "192.0.2.1") == expected);
  }
  CHECK(delays.before("lin02", "192.0.2.1") == 0ms);
  CHECK(delays.before("chen01", "192.0.2.2") == 0ms);
  clock.advance(16min);
  CHECK(delays.before("chen01", "192.0.2.1") == 0ms);
  delays.failed("chen01", "192.0.2.1");
  delays.succeeded("chen01", "192.0.2.1");
  CHECK(delays.before("chen01", "192.0.2.1") == 0ms);
}
