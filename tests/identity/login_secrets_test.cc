// How passwords follow each other, what is kept of them, and when they have to be changed.
#include "identity/login_secrets.h"

#include "crypto/password.h"
#include "identity/password_policy.h"
#include "support/office.h"
#include "support/schemas.h"

using namespace office;
using identity::LoginSecrets;

namespace {

const Instant kNow = parse_instant("2026-11-22T00:00:00Z");
constexpr std::chrono::days kDay{1};

LoginSecrets given_out() {
  return {crypto::hash_password("temporary-7-Paper"), kNow, true, {}, std::nullopt};
}

std::string change(LoginSecrets& secrets, const std::string& password, Instant now) {
  try {
    secrets = identity::with_own_password(secrets, "chen01", password, now, {});
  } catch (const Error& error) {
    return error.code();
  }
  return "changed";
}

}  // namespace

TEST_CASE("[SC-18] none of the last three comes back, the fourth may", "[identity][SC-18]") {
  auto secrets = given_out();
  auto now = kNow;
  CHECK(change(secrets, "temporary-7-Paper", now) == "password-reused");
  for (const char* password :
       {"Tree7-lampKite", "Boat8-rainDrum", "Cloud9-seaHorn", "Stone3-hayFork"}) {
    CHECK(change(secrets, password, now) == "changed");
    now += kDay;
  }
  CHECK(change(secrets, "Stone3-hayFork", now) == "password-reused");  // the one in use
  CHECK(change(secrets, "Cloud9-seaHorn", now) == "password-reused");
  CHECK(change(secrets, "Boat8-rainDrum", now) == "password-reused");
  auto other = secrets;
  CHECK(change(other, "Tree7-lampKite", now) == "changed");
  // Resets push none of them out.
  for (int i = 0; i < 4; ++i)
    secrets = identity::with_temporary_password(secrets, identity::random_password(), now, {});
  CHECK(change(secrets, "Stone3-hayFork", now) == "password-reused");
  CHECK(change(secrets, "Boat8-rainDrum", now) == "password-reused");
  CHECK(change(secrets, "Tree7-lampKite", now) == "changed");
}

TEST_CASE("[SC-19] an own password stays a day; one given out is changed at once",
          "[identity][SC-19]") {
  auto secrets = given_out();
  CHECK(change(secrets, "Tree7-lampKite", kNow) == "changed");
  CHECK(change(secrets, "Boat8-rainDrum", kNow + kDay - std::chrono::seconds(1)) ==
        "password-too-new");
  CHECK(change(secrets, "Boat8-rainDrum", kNow + kDay) == "changed");
}

TEST_CASE("[SC-15][SC-16] a temporary password has to be changed, and an own one after ninety days",
          "[identity][SC-15][SC-16]") {
  auto secrets = given_out();
  const auto reason = [&](Instant at) { return identity::change_reason(secrets, at, {}); };
  CHECK(reason(kNow) == "temporary");
  (void)change(secrets, "Tree7-lampKite", kNow);
  CHECK(reason(kNow + 90 * kDay - std::chrono::seconds(1)).empty());
  CHECK(reason(kNow + 90 * kDay) == "expired");
}

TEST_CASE("[SC-20] what is kept is hashes alone, and reads back as it was", "[identity][SC-20]") {
  auto secrets = given_out();
  (void)change(secrets, "Tree7-lampKite", kNow);
  (void)change(secrets, "Boat8-rainDrum", kNow + kDay);
  secrets.factor = identity::SecondFactor{Bytes("\x01\xFF", 2), 59300640, {std::string(64, 'a')}};
  const auto text = identity::secrets_text(secrets);
  for (const char* typed : {"Tree7", "Boat8", "7-Paper"})
    CHECK(text.find(typed) == std::string::npos);
  CHECK(schema_faults("login-secrets", parse_json(text)).empty());
  CHECK(identity::secrets_text(identity::parse_secrets(text)) == text);
}

TEST_CASE("a bare hash, as stores had it before, is an own password of unknown age", "[identity]") {
  const auto secrets = identity::parse_secrets("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
  CHECK(secrets.phc.starts_with("$argon2id$"));
  CHECK(identity::change_reason(secrets, kNow, {}).empty());
  for (const char* broken : {"", "{}", "[]", R"({"phc":7})", "Tree7-lampKite"}) {
    INFO(broken);
    CHECK_THROWS_AS(identity::parse_secrets(broken), Error);
  }
}
