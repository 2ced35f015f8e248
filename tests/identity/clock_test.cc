// After a step of the clock nothing is signed until an administrator has signed for it.
#include "identity/clock.h"

#include "support/office.h"

using namespace office;
using namespace std::chrono_literals;

namespace {

// A signed act like any other: sun05's certificate is issued anew.
std::string sign_something(Office& at) {
  return at.refusal([&] {
    const auto key = crypto::PrivateKey::generate_p256();
    const auto made = identity::prepare_certificate(
        at.store(), request_for(key, "sun05", at.clock.now()), signer("hsu01", "administrator"),
        act("certificate", "account sun05", "hsu01"), false);
    at.sign(made.prepared, "hsu01");
  });
}

std::string acknowledge(Office& at, std::uint64_t step,
                        const std::string& reason = "主機板電池耗盡，已與國家標準時間核對") {
  return at.refusal([&] {
    at.sign(
        identity::prepare_clock_acknowledgement(
            at.store(), step, reason, signer("hsu01", "administrator"), act("", "", "hsu01")),
        "hsu01");
  });
}

std::uint64_t log_something(Office& at) {
  return at.store().commit(act("login", "account lin01", "lin01")).log_index;
}

}  // namespace

TEST_CASE("a clock that steps back blocks signing until it is acknowledged, and nothing else",
          "[identity]") {
  Office at;
  at.clock.advance(24h);
  (void)log_something(at);
  CHECK(sign_something(at) == "done");
  at.clock.advance(-1h);
  CHECK(sign_something(at) == "clock-step");
  const auto step = log_something(at);
  CHECK(sign_something(at) == "clock-step");
  CHECK(store::open_step(at.store().catalogue()) == step);
  CHECK(at.store().evidence().read("people/sun05.json"));
  identity::grant_role(at.store(), "zhou07",
                       {"staff", "", parse_date("2026-11-22"), std::nullopt, "hsu01"},
                       act("role", "account zhou07", "hsu01"));
  CHECK(acknowledge(at, step, "  ") == "clock-reason");
  CHECK(acknowledge(at, step - 1) == "no-clock-step");
  CHECK(acknowledge(at, step) == "done");
  CHECK_FALSE(store::open_step(at.store().catalogue()));
  CHECK(acknowledge(at, step) == "no-clock-step");
  CHECK(sign_something(at) == "done");
}

TEST_CASE("a clock that leaps further than the profile lets pass blocks signing too",
          "[identity]") {
  Office at;
  at.clock.advance(24h * 30);
  CHECK(sign_something(at) == "done");
  at.clock.advance(24h * 30 + 1s);
  CHECK(sign_something(at) == "clock-step");
  CHECK(acknowledge(at, log_something(at)) == "done");
  CHECK(sign_something(at) == "done");
}

TEST_CASE("an acknowledgement made before the clock stepped again is not taken", "[identity]") {
  Office at;
  at.clock.advance(24h);
  (void)log_something(at);
  at.clock.advance(-1h);
  const auto step = log_something(at);
  auto prepared = identity::prepare_clock_acknowledgement(
      at.store(), step, "已校時", signer("hsu01", "administrator"), act("", "", "hsu01"));
  at.clock.advance(-1min);
  CHECK(at.refusal([&] { at.sign(prepared, "hsu01"); }) == "no-clock-step");
  const auto again = log_something(at);
  CHECK(acknowledge(at, step) == "no-clock-step");
  CHECK(acknowledge(at, again) == "done");
  CHECK(sign_something(at) == "done");
}
