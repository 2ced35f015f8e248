// Sessions end, ids are fresh, and a form counts only with its token and from our own pages.
#include "web/sessions.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "support/manual_clock.h"
#include "web/gate.h"
#include "web/held.h"

using namespace vermilion;
using namespace vermilion::web;
using namespace std::chrono_literals;

namespace {

Session person() {
  Session session;
  session.account = "tsai08";
  session.name = "蔡承恩";
  session.unit = "水保處";
  return session;
}

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

TEST_CASE("[SC-26] a session lives 15 minutes after its last use and 12 hours at most",
          "[web][SC-26]") {
  ManualClock clock;
  Sessions sessions(clock);
  const auto session = sessions.begin(person());
  CHECK(session.id.size() == 64);
  for (int i = 0; i < 48; ++i) {
    clock.advance(15min);
    CHECK(sessions.find(session.id));
  }
  clock.advance(1min);
  CHECK_FALSE(sessions.find(session.id));  // 12 hours are over
  const auto next = sessions.begin(person());
  CHECK(next.id != session.id);
  CHECK(next.form_token != session.form_token);
  clock.advance(15min + 1s);
  CHECK_FALSE(sessions.find(next.id));
  CHECK(sessions.count() == 0);
}

TEST_CASE(
    "[SC-33] 機關帳號的證明只管五分鐘 what the agency proved counts for five minutes and one use",
    "[web][SC-33]") {
  ManualClock clock;
  Sessions sessions(clock);
  auto came = person();
  CHECK(is_proved_afresh(came, clock.now()));  // by the password kept here
  came.way = "oidc";
  CHECK_FALSE(is_proved_afresh(came, clock.now()));
  came.proved = clock.now();
  const auto id = sessions.begin(came).id;
  const auto fresh = [&] { return is_proved_afresh(*sessions.find(id), clock.now()); };
  CHECK(fresh());
  clock.advance(5min);
  CHECK(fresh());
  clock.advance(1s);
  CHECK_FALSE(fresh());
  CHECK(sessions.prove(id, clock.now() + 1min));
  CHECK(fresh());
  CHECK(sessions.prove(id, clock.now() + 61s));
  CHECK_FALSE(fresh());
  CHECK(sessions.prove(id, clock.now()));
  CHECK(sessions.prove(id, std::nullopt));
  CHECK_FALSE(fresh());
}

TEST_CASE("a session that was ended is gone", "[web]") {
  const ManualClock clock;
  Sessions sessions(clock);
  const auto session = sessions.begin(person());
  sessions.end(session.id);
  CHECK_FALSE(sessions.find(session.id));
  CHECK_FALSE(sessions.find(""));
}

TEST_CASE("a form of ours with its token counts; any other does not", "[web]") {
  const ManualClock clock;
  Sessions sessions(clock);
  const auto session = sessions.begin(person());
  CHECK(code_of(posted(session), session) == "done");
  auto request = posted(session);
  request.form.clear();
  CHECK(code_of(request, session) == "stale-form");
  request = posted(session);
  request.form["form_token"] = sessions.begin(person()).form_token;
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

TEST_CASE("[SC-26] an idle session is locked: nobody any more, but known for what it was",
          "[web][SC-26]") {
  ManualClock clock;
  Sessions sessions(clock);
  const auto session = sessions.begin(person());
  CHECK_FALSE(sessions.find_locked(session.id));
  clock.advance(15min + 1s);
  CHECK_FALSE(sessions.find(session.id));
  CHECK(sessions.find_locked(session.id)->account == "tsai08");
  clock.advance(-10min);
  CHECK_FALSE(sessions.find(session.id));  // no clock wakes it
  clock.advance(12h);
  CHECK_FALSE(sessions.find_locked(session.id));
  auto brief = person();
  brief.idle = 5min;
  const auto other = sessions.begin(brief);
  clock.advance(5min + 1s);
  CHECK_FALSE(sessions.find(other.id));
}

TEST_CASE("[SC-26] a held form is its account's alone, without secrets, for 12 hours",
          "[web][SC-26]") {
  ManualClock clock;
  HeldForms held(clock);
  Request request;
  request.path = {"agreements", "nda-employee"};
  request.form = {{"f-name", "蔡承恩"}, {"passphrase", "四時更變化"},
                  {"password", "x"},    {"new_password_again", "x"},
                  {"code", "123456"},   {"secret", "GEZD"},
                  {"form_token", "00"}, {"f-unit", ""}};
  CHECK(held.keep("tsai08", request));
  CHECK(held.find("tsai08")->fields == Fields{{"f-name", "蔡承恩"}});
  CHECK_FALSE(held.find("chen01"));
  held.drop("tsai08", {"verify"});
  CHECK(held.find("tsai08"));
  held.drop("tsai08", request.path);
  CHECK_FALSE(held.find("tsai08"));
  CHECK(held.keep("tsai08", request));
  clock.advance(12h + 1s);
  CHECK_FALSE(held.find("tsai08"));
  request.form = {{"passphrase", "四時更變化"}};
  CHECK_FALSE(held.keep("tsai08", request));
  request.form = {{"text", std::string((1 << 20) + 1, 'x')}};
  CHECK_FALSE(held.keep("tsai08", request));
}

TEST_CASE("held forms take no more than their share of memory; the oldest make room", "[web]") {
  ManualClock clock;
  HeldForms held(clock);
  Request request;
  request.path = {"verify"};
  request.form = {{"text", std::string(1 << 19, 'x')}};
  for (int i = 0; i < 200; ++i) {
    CHECK(held.keep("account" + std::to_string(i), request));
    clock.advance(1s);
  }
  int left = 0;
  for (int i = 0; i < 200; ++i) left += held.find("account" + std::to_string(i)) ? 1 : 0;
  CHECK(left == 127);
  CHECK(held.find("account199"));
}
